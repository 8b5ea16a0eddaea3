/** A magnifying glass. */
export function SearchIcon() {
  return (
    <svg className="search-icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" aria-hidden="true">
      <circle cx="7" cy="7" r="4.2" strokeWidth="1.4" />
      <path d="M10.2 10.2 14 14" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
