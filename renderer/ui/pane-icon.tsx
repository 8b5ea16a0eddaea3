/** A window with its left or right pane marked. */
export function PaneIcon({ side }: { side: 'left' | 'right' }) {
  return (
    <svg className="pane-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <rect x="1.5" y="2.5" width="13" height="11" rx="2" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <rect x={side === 'left' ? 3.2 : 9.8} y="4.2" width="3" height="7.6" rx="0.8" fill="currentColor" />
    </svg>
  );
}
