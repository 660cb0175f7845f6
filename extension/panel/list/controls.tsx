import { isPresetUsed } from '../model/question.ts';
import { PRESETS } from '../model/presets.ts';
import { usePanel } from '../parts/context.ts';
import { FilterBox } from './filter-box.tsx';

/** Which time, which zone, which events. */
export function Controls() {
  const { panel, desk, texts, clock } = usePanel();
  const asked = panel.asked.value;
  const isUsed = isPresetUsed(asked.choices.value);
  const zone = clock.zone(panel.now.value);
  return (
    <div class="filter">
      <div class="tools">
        <span class="seg" role="group" aria-label={texts.time}>
          {PRESETS.map((preset) => {
            const isOn = isUsed && asked.preset.value === preset;
            return (
              <button
                key={preset}
                type="button"
                aria-pressed={isOn}
                title={texts.presetNames[preset]}
                onClick={() => asked.choosePreset(preset)}
              >
                {texts.presets[preset]}
              </button>
            );
          })}
        </span>
        <button
          type="button"
          class="btn plain"
          title={`${texts.zoneTo(zone)} (z)`}
          onClick={() => desk.act({ kind: 'zone' })}
        >
          {zone}
        </button>
      </div>
      <FilterBox key={panel.view.value} />
    </div>
  );
}
