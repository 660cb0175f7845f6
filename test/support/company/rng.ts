/** A source of repeatable chance: the same seed gives the same draws, on any machine. */
export interface Random {
  /** 32 random bits as an unsigned number. */
  bits(): number;
  /** At least 0, less than 1. */
  unit(): number;
  /** A whole number from 0 to `n` - 1. */
  below(n: number): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** One of the items. Throws when there are none. */
  pick<T>(items: readonly T[]): T;
  /** An index below `n`, where rank r comes up about as often as 1/(r+1): a few things are used a lot. */
  rank(n: number): number;
  /** A version 4 UUID. */
  uuid(): string;
  /** `length` letters and digits, both cases. */
  text(length: number): string;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Four bytes of `word` as eight hexadecimal digits. */
function hex(word: number): string {
  return `${HEX[word >>> 24]}${HEX[(word >>> 16) & 255]}${HEX[(word >>> 8) & 255]}${HEX[word & 255]}`;
}

/** Draws from the generator sfc32 (128 bits of state), started from `seed`. */
export function createRandom(seed: number): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let count = 1;

  function bits(): number {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
  // The first draws of neighbouring seeds are alike; these mix them apart.
  for (let round = 0; round < 15; round += 1) bits();

  const unit = () => bits() / 2 ** 32;
  const below = (n: number) => Math.floor(unit() * n);
  return {
    bits,
    unit,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => unit() < probability,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    rank: (n) => Math.min(n - 1, Math.floor(Math.exp(unit() * Math.log(n + 1))) - 1),
    uuid() {
      const [one, two, three, four] = [hex(bits()), hex(bits()), hex(bits()), hex(bits())];
      const variant = '89ab'[bits() & 3];
      return `${one}-${two.slice(0, 4)}-4${two.slice(5)}-${variant}${three.slice(1, 4)}-${three.slice(4)}${four}`;
    },
    text(length) {
      let text = '';
      while (text.length < length) text += LETTERS[below(LETTERS.length)];
      return text;
    },
  };
}
