import { expect, test } from 'vitest';
import { whereAmI } from '../../../extension/console/where/where.ts';
import { CONSOLE_HOSTS } from '../../../extension/protocol/dock.ts';

test.for(CONSOLE_HOSTS)('pages of %s, which get a dock, are known as pages of the console', (host) => {
  expect(whereAmI(`https://${host}/cvm/instance/index?rid=1`)).toMatchObject({ products: ['cvm'] });
});
