import { Choice } from '../parts/choice.tsx';
import { useLocale } from '../parts/locale-context.ts';
import type { Options } from './model.ts';

/** Language and colours. A language is named in itself. */
export function Reading({ options }: { options: Options }) {
  const { texts } = useLocale();
  const { language, theme } = options.preferences.value;
  return (
    <section class="card" aria-labelledby="reading">
      <h2 id="reading">{texts.reading}</h2>
      <Choice
        label={texts.language}
        value={language}
        options={[
          { value: 'auto', label: texts.asTheBrowser },
          { value: 'en', label: 'English', lang: 'en' },
          { value: 'zh-CN', label: '简体中文', lang: 'zh-CN' },
        ]}
        onChange={(chosen) => void options.setPreferences({ language: chosen })}
      />
      <Choice
        label={texts.colours}
        value={theme}
        options={[
          { value: 'auto', label: texts.asTheBrowser },
          { value: 'light', label: texts.light },
          { value: 'dark', label: texts.dark },
        ]}
        onChange={(chosen) => void options.setPreferences({ theme: chosen })}
      />
    </section>
  );
}
