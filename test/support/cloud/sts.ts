import { done } from './answer.ts';
import type { Service } from './service.ts';

/** Who a key belongs to. */
export const sts: Service = {
  name: 'sts',
  version: '2018-08-13',
  actions: {
    GetCallerIdentity: {
      region: 'none',
      parameters: {},
      answer: ({ key }) => {
        const isRole = key.token !== undefined;
        const name = isRole ? `assumed-role/4611686018427000001` : `uin/${key.account}`;
        return done({
          Arn: `qcs::${isRole ? 'sts' : 'cam'}::uin/${key.account}:${name}`,
          AccountId: key.account,
          UserId: isRole ? '4611686018427000001:follower' : key.account,
          PrincipalId: key.account,
          Type: isRole ? 'CAMRole' : 'RootAccount',
        });
      },
    },
  },
};
