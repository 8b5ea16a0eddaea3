/** The box of something that can be ticked: what holds it says whether it is (`aria-checked`, `data-selected`). For the eye alone. */
export function TickBox({ isTicked }: { readonly isTicked?: boolean }) {
  return (
    <span className="box" data-ticked={isTicked || undefined} aria-hidden="true">
      ✓
    </span>
  );
}
