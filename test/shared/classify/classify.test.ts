import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Classifiable, Classification } from '../../../shared/classify/classification.ts';
import { classifiedAlike, classifier, classify } from '../../../shared/classify/classify.ts';
import { readRuleQuery } from '../../../shared/classify/rule-query.ts';
import { subjectOf } from '../../../shared/classify/subject.ts';
import type { EventSummary, Json } from '../../../shared/event/event.ts';
import { parseRecord } from '../../../shared/event/parse.ts';
import { parseNetwork } from '../../../shared/query/address.ts';
import { matches } from '../../../shared/query/matches.ts';
import { record } from '../../support/record.ts';
import { arbitrarySummary } from '../../support/arbitraries.ts';
import { arbitraryTerm } from '../../support/arbitrary-queries.ts';
import { printQuery } from '../../../shared/query/print.ts';

function classification(rules: Record<string, string>, cidrs: string[] = [], version = 1): Classification {
  return {
    version,
    rules: Object.entries(rules).map(([id, text]) => {
      const read = readRuleQuery(text);
      if (!read.ok) throw new Error(`${text}: ${read.error.message}`);
      return { id, query: read.query };
    }),
    networks:
      cidrs.length === 0
        ? []
        : [{ id: 'office', name: 'Office', cidrs: cidrs.flatMap((cidr) => parseNetwork(cidr) ?? []) }],
  };
}

function event(changes: Parameters<typeof record>[0] = {}): Classifiable {
  const parsed = parseRecord(record(changes), { source: 'api', received: '2026-11-22T07:00:00Z' });
  if (!parsed.ok) throw new Error(parsed.refusal.reason);
  return subjectOf(parsed.event);
}

const NOTHING = classification({});

test('what a record calls sensitive stays so, whatever the rules', () => {
  const { is, sensitive } = classify(event({ sensitiveAction: '1' }), NOTHING);
  expect(is).toContain('sensitive');
  expect(sensitive).toEqual(['record']);
});

test('each rule that finds an event is a reason, in the order of the rules', () => {
  const rules = classification({
    b: 'product:cvm',
    none: 'product:cam',
    a: 'event:RunInstances',
    c: 'event:Run*',
  });
  expect(classify(event({ sensitiveAction: '1' }), rules).sensitive).toEqual(['record', 'b', 'a', 'c']);
  expect(classify(event({ resourceType: 'cos', eventName: 'GetObject' }), rules)).not.toHaveProperty(
    'sensitive',
  );
});

test('a rule can ask for what is decided before it: purchases, changes, networks', () => {
  const rules = classification(
    { bought: 'is:purchase', changed: 'is:change', outside: 'network:outside action:write' },
    ['198.51.100.0/24'],
  );
  expect(classify(event(), rules).sensitive).toEqual(['bought', 'outside']);
  const stopped = event({ eventName: 'StopInstances', sourceIPAddress: '198.51.100.7' });
  expect(classify(stopped, rules)).toMatchObject({
    is: ['change', 'sensitive'],
    sensitive: ['changed'],
    network: 'inside',
  });
});

test('an event from before there were reasons keeps the flag of its record', () => {
  const { summary, request, response } = event({ sensitiveAction: '1' });
  const { sensitive: _reasons, ...old } = summary;
  expect(classify({ summary: old, request, response }, NOTHING).sensitive).toEqual(['record']);
});

test('marks of parser and merge stay: login, root, conflict', () => {
  const { summary, request, response } = event();
  const marked: EventSummary = { ...summary, is: ['conflict', 'root', 'login'] };
  const { is } = classify({ summary: marked, request, response }, classification({ all: 'is:root' }));
  expect(is).toEqual(['purchase', 'sensitive', 'login', 'root', 'conflict']);
});

function unread(): Json {
  throw new Error('read');
}

test('the record is not read for what only reads', () => {
  const { summary } = event({ eventName: 'DescribeInstances', actionType: 'Read' });
  const subject = {
    summary,
    get request() {
      return unread();
    },
    get response() {
      return unread();
    },
  };
  expect(classify(subject, classification({ reads: 'action:read' })).sensitive).toEqual(['reads']);
});

function of(summary: EventSummary): Classifiable {
  return { summary, request: {}, response: null };
}

const arbitraryRules = fc
  .array(fc.array(arbitraryTerm(), { minLength: 1, maxLength: 3 }), { maxLength: 5 })
  .map((all) => all.map((terms) => printQuery({ terms })).filter((text) => readRuleQuery(text).ok));

function numbered(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text, i) => [`r${i}`, text]));
}

test('what an event is does not depend on what it was called before', () => {
  fc.assert(
    fc.property(arbitrarySummary(), arbitraryRules, arbitraryRules, (summary, former, present) => {
      const before = classify(of(summary), classification(numbered(former), ['203.0.113.0/25'], 1));
      const now = classification(numbered(present), ['198.51.100.0/24'], 2);
      const direct = classify(of(summary), now);
      expect(classify(of(before), now)).toEqual(direct);
      expect(classify(of(direct), now)).toEqual(direct);
      expect(classifiedAlike(direct, classify(of(direct), { ...now, version: 3 }))).toBe(true);
    }),
  );
});

test('an event has a rule for a reason exactly where the rule’s query matches it', () => {
  fc.assert(
    fc.property(arbitrarySummary(), arbitraryRules, (summary, texts) => {
      const rules = classification(numbered(texts));
      const found = classifier(rules).classify({ summary, request: {}, response: null });
      const expected = rules.rules.filter(({ query }) => matches(query, found)).map(({ id }) => id);
      expect((found.sensitive ?? []).filter((id) => id !== 'record')).toEqual(expected);
    }),
  );
});
