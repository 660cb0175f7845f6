import { done } from './answer.ts';
import { integer, list, must, object, text } from './parameters.ts';
import { accountOf, type Service } from './service.ts';

const CREATED = '2024-03-01 10:00:00';

/** Sub-users and roles of an account. */
export const cam: Service = {
  name: 'cam',
  version: '2019-01-16',
  actions: {
    ListUsers: {
      region: 'none',
      parameters: {},
      answer: ({ state, key }) => {
        const { users } = accountOf(state, key.account);
        const listed = users.map(({ uin, name, nickName = '' }) => ({
          Uin: uin,
          Name: name,
          Uid: uin % 10_000_000,
          Remark: '',
          NickName: nickName,
          ConsoleLogin: 1,
          PhoneNum: '',
          CountryCode: '86',
          Email: '',
          CreateTime: CREATED,
        }));
        return done({ Data: listed }, listed.length);
      },
    },
    DescribeRoleList: {
      region: 'none',
      parameters: {
        Page: must(integer(1)),
        Rp: must(integer(1, 200)),
        Tags: list(object({ Key: must(text(127)), Value: must(text(255)) }), 10),
      },
      answer: ({ state, key, parameters }) => {
        const { roles } = accountOf(state, key.account);
        const rows = Number(parameters['Rp']);
        const first = (Number(parameters['Page']) - 1) * rows;
        const listed = roles.slice(first, first + rows).map(({ id, name, type = 'user' }) => ({
          RoleId: id,
          RoleName: name,
          RoleType: type,
          PolicyDocument: '{"version":"2.0","statement":[]}',
          Description: '',
          AddTime: CREATED,
          UpdateTime: CREATED,
          ConsoleLogin: 0,
          SessionDuration: null,
          DeletionTaskId: null,
          RoleArn: `qcs::cam::uin/${key.account}:roleName/${name}`,
          Tags: [],
        }));
        return done({ List: listed, TotalNum: roles.length }, listed.length);
      },
    },
  },
};
