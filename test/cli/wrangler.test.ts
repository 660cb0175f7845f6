import { expect, test } from 'vitest';
import { envLine, tencentVars } from '../../worker/cli/lib/wrangler.ts';

test.each([
  ['plain', `NAME='plain'`],
  ['with $HOME and ${x}', String.raw`NAME='with \$HOME and \${x}'`],
  [`it's "quoted" # no comment`, `NAME=\`it's "quoted" # no comment\``],
])('the value %s is written so that it is read back', (value, line) => {
  expect(envLine('NAME', value)).toBe(line);
});

test('only the credentials are passed on from the environment', () => {
  const env = { TENCENT_SECRET_ID: 'AKIDexample', TENCENT_TOKEN: '', HOME: '/root' };
  expect(tencentVars(env)).toEqual({ TENCENT_SECRET_ID: 'AKIDexample' });
});
