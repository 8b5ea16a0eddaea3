/** The box of something that can be ticked. The element around it says whether it is ticked (`aria-checked`, `data-selected`). Only visual. */
export function TickBox({ isTicked }: { readonly isTicked?: boolean }) {
  return (
    <span className="box" data-ticked={isTicked || undefined} aria-hidden="true">
      ✓
    </span>
  );
}
