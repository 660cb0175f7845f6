import { isList, isObject, type JsonObject } from '../../../shared/event/json.ts';
import type { Json } from '../../../shared/event/event.ts';
import { done, refuse, type Answer } from './answer.ts';
import { plain } from './archive.ts';
import { choice, integer, list, must, object, offset, pattern, text, yesNo } from './parameters.ts';
import type { Asked, Service } from './service.ts';

/** Names of at most 255 bytes without `|`. */
const name = pattern(/^[^|]{1,255}$/);
const minutes = integer(0, 1440);
const tags = list(object({ Key: must(text(127)), Value: must(text(255)) }), 10);
const level = integer(0, 2);

const target = object({
  TopicId: must(text(64)),
  LogsetId: must(text(64)),
  Query: must(text(12_288)),
  Number: must(integer(1, 10)),
  StartTimeOffset: must(offset),
  EndTimeOffset: must(offset),
  SyntaxRule: integer(0, 1),
});

const receiver = object({
  ReceiverType: must(choice('Uin', 'Group')),
  ReceiverIds: must(list(integer(1), 100, 1)),
  ReceiverChannels: must(list(choice('Email', 'Sms', 'WeChat', 'Phone'), 4, 1)),
  StartTime: pattern(/^\d\d:\d\d:\d\d$/),
  EndTime: pattern(/^\d\d:\d\d:\d\d$/),
  NoticeContentId: text(64),
});

const callback = object({
  CallbackType: must(choice('Http', 'WeCom', 'DingTalk', 'Lark')),
  Url: must(text(1024, 0)),
  WebCallbackId: text(64),
  Method: choice('POST', 'PUT'),
  NoticeContentId: text(64),
  RemindType: integer(0, 2),
  Mobiles: list(text(32), 100),
  UserIds: list(text(64), 100),
});

/** Alarm policies and notice groups of the log service. */
export const cls: Service = {
  name: 'cls',
  version: '2020-10-16',
  actions: {
    CreateAlarm: {
      region: 'any',
      parameters: {
        Name: must(name),
        AlarmTargets: must(list(target, 10, 1)),
        MonitorTime: must(
          object({
            Type: must(choice('Period', 'Fixed', 'Cron')),
            Time: integer(1, 1440),
            CronExpression: pattern(/^\S+( \S+){4}$/),
          }),
        ),
        TriggerCount: must(integer(1, 2000)),
        AlarmPeriod: must(minutes),
        Condition: text(1024),
        AlarmLevel: level,
        MultiConditions: list(object({ Condition: text(1024), AlarmLevel: level }), 10, 1),
        AlarmNoticeIds: list(text(64), 10, 1),
        MonitorNotice: object({ Notices: list(object({}), 10) }),
        Status: yesNo,
        MessageTemplate: text(8192, 0),
        CallBack: object({ Body: must(text(8192)), Headers: list(text(1024), 20) }),
        Analysis: list(
          object({
            Name: must(text(255)),
            Type: must(choice('query', 'field', 'original')),
            Content: must(text(8192, 0)),
            ConfigInfo: list(object({ Key: must(text(64)), Value: must(text(1024)) }), 20),
          }),
          20,
        ),
        GroupTriggerStatus: yesNo,
        GroupTriggerCondition: list(text(255), 100),
        MonitorObjectType: integer(0, 1),
        Classifications: list(
          object({ Key: must(pattern(/^[a-z][a-z0-9_]{0,49}$/)), Value: must(text(200)) }),
          20,
        ),
        Tags: tags,
      },
      answer: (asked) => createAlarm(asked),
    },
    CreateAlarmNotice: {
      region: 'any',
      parameters: {
        Name: must(name),
        Type: choice('Trigger', 'Recovery', 'All'),
        NoticeReceivers: list(receiver, 10),
        WebCallbacks: list(callback, 10),
        NoticeRules: list(
          object({ Rule: text(8192), NoticeReceivers: list(receiver, 10), WebCallbacks: list(callback, 10) }),
          10,
        ),
        JumpDomain: pattern(/^https?:\/\/.*[^/]$/),
        AlarmShieldStatus: integer(1, 2),
        Tags: tags,
      },
      answer: (asked) => createNotice(asked),
    },
  },
};

function createAlarm({ state, key, region, parameters, uuid }: Asked): Answer {
  const { Condition, AlarmLevel, MultiConditions, AlarmNoticeIds, MonitorNotice } = parameters;
  const targets = objectsIn(parameters['AlarmTargets']);
  const [single, many] = [Condition !== undefined || AlarmLevel !== undefined, MultiConditions !== undefined];
  if (single === many) return invalid('either Condition or MultiConditions must be given');
  if ((AlarmNoticeIds === undefined) === (MonitorNotice === undefined)) {
    return invalid('either AlarmNoticeIds or MonitorNotice must be given');
  }
  if (targets.some(({ StartTimeOffset: from, EndTimeOffset: to }) => Number(from) >= Number(to))) {
    return invalid('EndTimeOffset must be greater than StartTimeOffset');
  }
  for (const { TopicId } of targets) {
    const topic = state.topics.get(plain(TopicId));
    if (topic?.account !== key.account || topic.region !== region) {
      return refuse('ResourceNotFound.TopicNotExist', 'The topic does not exist.');
    }
  }
  const missing = (isList(AlarmNoticeIds) ? AlarmNoticeIds : []).find((id) => !state.notices.has(plain(id)));
  if (missing !== undefined)
    return refuse('ResourceNotFound.AlarmNoticeNotExist', 'The notice group does not exist.');
  const same = [...state.alarms.values()].find(
    (alarm) => alarm.account === key.account && alarm.parameters['Name'] === parameters['Name'],
  );
  if (same) return refuse('InvalidParameter.AlarmConflict', 'An alarm policy of that name exists.');
  const id = `alarm-${uuid()}`;
  state.alarms.set(id, { account: key.account, region, parameters });
  return done({ AlarmId: id });
}

function createNotice({ state, key, region, parameters, uuid }: Asked): Answer {
  const simple = parameters['Type'] !== undefined;
  if (simple === (parameters['NoticeRules'] !== undefined)) {
    return invalid('either Type or NoticeRules must be given');
  }
  const same = [...state.notices.values()].find(
    (notice) => notice.account === key.account && notice.parameters['Name'] === parameters['Name'],
  );
  if (same) return refuse('InvalidParameter.AlarmNoticeConflict', 'A notice group of that name exists.');
  for (const { CallbackType, Method, Url, WebCallbackId } of objectsIn(parameters['WebCallbacks'])) {
    if (CallbackType === 'Http' && Method === undefined)
      return invalid('Method is required for Http callbacks');
    if (Url === '' && WebCallbackId === undefined) return invalid('Url or WebCallbackId must be given');
  }
  const id = `notice-${uuid()}`;
  state.notices.set(id, { account: key.account, region, parameters });
  return done({ AlarmNoticeId: id });
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return isList(value) ? value.filter(isObject) : [];
}

function invalid(why: string): Answer {
  return refuse('InvalidParameter', `The parameters are not valid: ${why}.`);
}
