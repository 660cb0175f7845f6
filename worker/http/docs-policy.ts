/** What a key of Tencent Cloud must be allowed, as the page of the interface shows it. */
import { ACTIONS, inPolicies, policyFor, type Feature } from '../tencent/actions.ts';
import { block, sentence, table } from './html.ts';

const MEANING: Readonly<Record<Feature, string>> = {
  account: 'Finds out which account the key belongs to. Needed.',
  polling: 'Reads operation records, each minute and back. Needed.',
  directory: 'Learns the present names of sub-users and roles. Without it names are those in records.',
  prices: 'Says what a purchase cost and who paid. Without it purchases have no price.',
  files: 'Reads the files of a bucket that a tracking set of CloudAudit delivers to.',
  cos: 'Delivers a tracking set to a bucket: for the key of that destination.',
  cls: 'Delivers a tracking set to a CLS topic: for the key of that destination.',
  alarms: 'Makes alarm policies in CLS.',
};

/** The least that following an account takes, with names. */
const FOLLOWING: readonly Feature[] = ['account', 'polling', 'directory'];

/** A bucket as the policies name one: capitals stand for what is to be filled in. */
const BUCKET = { bucket: 'BUCKET-APPID', region: 'REGION', prefix: 'PREFIX/' };

/** The section of the least policies; HTML. */
export function policySection(): string {
  const features = Object.entries(MEANING).flatMap(([name, what]) =>
    isFeature(name) ? [{ name, what }] : [],
  );
  const rows = features.map(({ name, what }) => [
    `<code>${name}</code>`,
    sentence(
      `${what} ${ACTIONS[name]
        .flatMap((action) => inPolicies(action))
        .map((action) => `\`${action}\``)
        .join(', ')}`,
    ),
  ]);
  const policies = features.map(({ name }) => `<h4>Only <code>${name}</code></h4>\n${policyBlock([name])}`);
  return `<h2 id="policy">What a key of Tencent Cloud must be allowed</h2>
<p>${sentence(WORDS)}</p>
${table(['Feature', 'What it does, and what CAM checks'], rows)}
<h3>Following an account</h3>
${policyBlock(FOLLOWING)}
<h3>Feature by feature</h3>
${policies.join('\n')}`;
}

const WORDS =
  'Make a sub-user for Sidetrail and give it one key and no more than the policy of what you use: in CAM under Policies, a custom policy by policy syntax. What stands in capitals is yours to fill in.';

function policyBlock(features: readonly Feature[]): string {
  return block(JSON.stringify(policyFor(features, [BUCKET]), undefined, 2));
}

function isFeature(name: string): name is Feature {
  return name in ACTIONS;
}
