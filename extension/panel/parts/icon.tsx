/** Icons are decoration: words beside them say the same. Shapes are lucide's (ISC licence). */
const SHAPES = {
  check: 'M20 6 9 17l-5-5',
  'circle-check': 'M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20M16 9l-5.5 5.5L8 12',
  'circle-info': 'M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20M12 16v-4M12 8h.01',
  'triangle-alert':
    'm21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01',
};

export type IconName = keyof typeof SHAPES;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}

/** The product's own mark. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 20 20" aria-hidden="true">
      <rect width="20" height="20" rx="4" fill="currentColor" />
      <path
        d="M7 16V4M7 10.5c4.2 0 6-1.4 6-4"
        fill="none"
        stroke="#fff"
        stroke-width="1.75"
        stroke-linecap="round"
      />
      <circle cx="13" cy="5" r="1.9" fill="#fff" />
    </svg>
  );
}
