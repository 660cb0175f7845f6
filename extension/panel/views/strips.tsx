import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Connected, PageBeside } from '../../protocol/panel.ts';
import { freshnessOf } from '../model/freshness.ts';
import { remedyOf } from '../model/trouble.ts';
import { usePanel } from '../parts/context.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { useLocale } from '../parts/locale-context.ts';
import { failedText } from '../text/failed.ts';

/** What is to be known of all that is below, one line each. None of them is in the way. */
export function Strips() {
  const { panel, texts, clock } = usePanel();
  const { texts: all } = useLocale();
  const standing = panel.standing.value;
  if (standing.kind !== 'connected') return null;
  const { problem, coverage, lastGood, me } = standing;
  const near = (time: number): string => clock.near(time, panel.now.value);
  const fresh = freshnessOf(coverage, panel.now.value);
  const identity = panel.page.value && identityText(panel.page.value, standing, texts);
  const options = { name: texts.openOptions, act: panel.openOptions };
  return (
    <div role="status">
      {problem && (
        <Strip
          icon={problem.kind === 'unreachable' ? 'cloud-off' : 'unplug'}
          action={remedyOf(problem) === 'again' ? { name: texts.tryAgain, act: panel.sync } : options}
        >
          {failedText(all, problem, 'news')}
          {all.betweenSentences}
          {texts.keptAsOf(near(lastGood))}
        </Strip>
      )}
      {!problem && fresh.kind === 'marks' && fresh.isLate && (
        <Strip icon="triangle-alert" action={{ name: texts.askNow, act: panel.sync }}>
          {texts.behind(near(fresh.seenTo))}
        </Strip>
      )}
      {identity && (
        <Strip key={identity} icon="users" action={options} canDismiss>
          {identity}
        </Strip>
      )}
      {me.demo && (
        <Strip icon="circle-info" isInfo canDismiss>
          {texts.demoStrip}
        </Strip>
      )}
    </div>
  );
}

/** The console may be signed in as somebody else, or show an account that is not followed. */
function identityText(
  { console: seen }: PageBeside,
  { me }: Connected,
  texts: ReturnType<typeof usePanel>['texts'],
): string | undefined {
  const { uin, ownerUin } = seen ?? {};
  if (ownerUin !== undefined && me.accounts.length > 0 && !me.accounts.some(({ id }) => id === ownerUin)) {
    return texts.otherAccount(ownerUin);
  }
  const isOther = uin !== undefined && me.operators.length > 0 && !me.operators.some(({ id }) => id === uin);
  if (!isOther) return undefined;
  return texts.otherPerson(
    uin,
    me.member.name,
    me.operators.map(({ id }) => id),
  );
}

interface StripProps {
  icon: IconName;
  isInfo?: boolean;
  canDismiss?: boolean;
  action?: { name: string; act: () => void };
  children: ComponentChildren;
}

function Strip({ icon, isInfo = false, canDismiss = false, action, children }: StripProps) {
  const { texts } = usePanel();
  const [isGone, setGone] = useState(false);
  if (isGone) return null;
  return (
    <div class={isInfo ? 'strip info' : 'strip'}>
      <Icon name={icon} />
      <span class="grow">{children}</span>
      {action && (
        <button type="button" class="btn plain" onClick={action.act}>
          {action.name}
        </button>
      )}
      {canDismiss && <IconButton icon="x" isSmall label={texts.dismiss} onClick={() => setGone(true)} />}
    </div>
  );
}
