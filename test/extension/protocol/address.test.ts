import { expect, test } from 'vitest';
import { readAddress } from '../../../extension/protocol/address.ts';

test.for([
  ['https://audit.example.com', 'https://audit.example.com', 'https://audit.example.com/*'],
  ['  https://Audit.Example.com/e/abc?x=1#y ', 'https://audit.example.com', 'https://audit.example.com/*'],
  ['audit.example.com', 'https://audit.example.com', 'https://audit.example.com/*'],
  ['https://audit.example.com:8443/', 'https://audit.example.com:8443', 'https://audit.example.com/*'],
  ['https://user:secret@audit.example.com', 'https://audit.example.com', 'https://audit.example.com/*'],
  ['http://127.0.0.1:8787', 'http://127.0.0.1:8787', 'http://127.0.0.1/*'],
  ['127.0.0.1:8787', 'http://127.0.0.1:8787', 'http://127.0.0.1/*'],
  ['localhost:8787/docs', 'http://localhost:8787', 'http://localhost/*'],
  ['https://localhost', 'https://localhost', 'https://localhost/*'],
  ['localhost.example.com', 'https://localhost.example.com', 'https://localhost.example.com/*'],
] as const)('"%s" is the Worker at %s', ([typed, origin, pattern]) => {
  expect(readAddress(typed)).toEqual({ kind: 'address', address: { origin, pattern } });
});

test.for([
  ['', 'not-an-address'],
  ['not an address', 'not-an-address'],
  ['https://', 'not-an-address'],
  ['ftp://audit.example.com', 'not-an-address'],
  ['javascript:alert(1)', 'not-an-address'],
  ['file:///etc/passwd', 'not-an-address'],
  ['http://audit.example.com', 'insecure'],
  ['http://127.0.0.1.example.com', 'insecure'],
  ['http://127.0.0.1@audit.example.com', 'insecure'],
  ['http://192.168.1.2:8787', 'insecure'],
] as const)('"%s" is refused: %s', ([typed, kind]) => {
  expect(readAddress(typed)).toEqual({ kind });
});
