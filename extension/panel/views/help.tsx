import { useLayoutEffect, useRef } from 'preact/hooks';
import { usePanel } from '../parts/context.ts';
import { IconButton } from '../parts/icon-button.tsx';
import { KeyCaps } from '../parts/key-caps.tsx';

/** The dialog that `?` opens. */
export function Help() {
  const { desk } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  const isOpen = desk.popup.value === 'help';
  useLayoutEffect(() => {
    // Closed, it gives the focus back to what had it.
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const close = (): void => {
    desk.popup.value = null;
  };
  return (
    <dialog
      ref={dialog}
      class="help pop"
      aria-labelledby="help"
      data-keys="own"
      onClose={close}
      onClick={({ target, currentTarget }) => target === currentTarget && close()}
    >
      {isOpen && <Keys onClose={close} />}
    </dialog>
  );
}

/** The keys, and the switch that takes the single ones away. */
function Keys({ onClose }: { onClose: () => void }) {
  const { panel, texts } = usePanel();
  const { help } = texts;
  const { singleKeys } = panel.preferences.value;
  const rows: [string, ...string[][]][] = [
    [help.rows, singleKeys ? ['j', 'k', '↓', '↑'] : ['↓', '↑']],
    [help.open, ['Enter']],
    [help.back, ['Backspace']],
    ...(singleKeys
      ? ([
          [help.filter, ['/']],
          [help.writes, ['w']],
          [help.presets, ['1', '…', '6']],
          [help.zone, ['z']],
          [help.views, ['g'], ['p', 'm', 't']],
          [help.copy, ['c'], ['l', 'j', 'm']],
          [help.help, ['?']],
        ] satisfies [string, ...string[][]][])
      : []),
    [help.close, ['Esc']],
    [help.toggle, ['Alt', 'Shift', 'A']],
  ];
  return (
    <div class="inner">
      <h2 id="help">
        {texts.keys}
        <span class="sp" />
        <IconButton icon="x" isSmall label={texts.close} keys="Esc" onClick={onClose} />
      </h2>
      <dl>
        {rows.map(([name, ...groups]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <KeyCaps groups={groups} />
            </dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={({ currentTarget }) => panel.prefer({ singleKeys: currentTarget.checked })}
        />
        <span>
          {help.single}
          <span class="k3">{help.singleHint}</span>
        </span>
      </label>
    </div>
  );
}
