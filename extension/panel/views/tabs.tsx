import { usePanel } from '../parts/context.ts';

/** The views that this member has here. */
export function Tabs() {
  const { panel, desk, texts } = usePanel();
  return (
    <nav class="tabs" aria-label={texts.views}>
      {panel.views.value.map((view) => (
        <button
          key={view}
          type="button"
          class="tab"
          {...(view === panel.view.value ? { 'aria-current': 'page' } : {})}
          onClick={() => desk.show(view)}
        >
          {texts.view[view]}
        </button>
      ))}
    </nav>
  );
}
