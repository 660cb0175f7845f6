/** Rows that are on their way. */
export function SkeletonRows({ rows }: { rows: number }) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} class="skr">
          <span class="sk" />
          <span class="sk" />
          <span class="skl">
            <span class="sk" />
            <span class="sk" />
          </span>
        </div>
      ))}
    </div>
  );
}
