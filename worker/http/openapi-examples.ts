/** Made-up instances of the shapes, as they stand in the document. */
import { alarmExamples } from './examples/alarms.ts';
import { answerExamples } from './examples/answers.ts';
import { channelExamples } from './examples/channels.ts';
import { eventExamples } from './examples/events.ts';
import { memberExamples } from './examples/members.ts';
import { resourceExamples } from './examples/resources.ts';
import { ruleExamples } from './examples/rules.ts';
import { sourceExamples } from './examples/sources.ts';
import { trackExamples } from './examples/tracks.ts';
import type { Examples } from './examples/example.ts';

/** All of them, by the names of their shapes; what is only part of another has none of its own. */
export const examples: Examples = {
  ...eventExamples,
  ...answerExamples,
  ...resourceExamples,
  ...sourceExamples,
  ...memberExamples,
  ...ruleExamples,
  ...trackExamples,
  ...alarmExamples,
  ...channelExamples,
};
