import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readXml } from '../../../worker/tencent/xml.ts';

test('elements, repeated elements and text are read', () => {
  const list = readXml(
    '<?xml version="1.0" encoding="UTF-8"?>\n<r xmlns="http://s3.example.com/"><a>1</a><a>2</a><b x=\'y\'/></r>',
  )?.first('r');
  expect(list?.all('a').map(({ value }) => value)).toEqual(['1', '2']);
  expect(list?.text('b')).toBe('');
  expect(list?.text('c')).toBeUndefined();
});

function written(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

test('any text survives being written as XML', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(readXml(`<k>${written(text)}</k>`)?.text('k')).toBe(text);
      const numbered = Array.from(text, (char) => `&#x${(char.codePointAt(0) ?? 0).toString(16)};`).join('');
      expect(readXml(`<k>${numbered}</k>`)?.text('k')).toBe(text);
    }),
  );
});

test.each([
  ['nothing', ''],
  ['text only', 'hello'],
  ['an open element', '<a><b></b>'],
  ['a wrong end', '<a></b>'],
  ['an end too many', '<a></a></a>'],
  ['two roots', '<a/><b/>'],
  ['text beside the root', '<a/>x'],
  ['a bare &', '<a>1 & 2</a>'],
  ['an entity that there is not', '<a>&nbsp;</a>'],
  ['a character that there is not', '<a>&#x110000;</a>'],
  ['a document type', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
  ['a void element of HTML', '<html><br></html>'],
  ['deep nesting', `${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}`],
])('%s is no document', (_, xml) => {
  expect(readXml(xml)).toBeUndefined();
});

test('no part of a document is a document', () => {
  const xml = '<r><Contents><Key>a&amp;b</Key><Size>1</Size></Contents><IsTruncated>false</IsTruncated></r>';
  for (let end = 0; end < xml.length; end += 1) expect(readXml(xml.slice(0, end))).toBeUndefined();
});
