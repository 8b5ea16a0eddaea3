import { useEffect, useState } from 'react';

const fields = 'input:not([type="checkbox"], [type="radio"]), textarea, select';

/** Whether the focus is in a field for typing, so that single-letter keys do not act. The article's text does not count. */
export function useTypingFocus(): boolean {
  const [isTyping, setTyping] = useState(false);
  useEffect(() => {
    const read = () => setTyping(document.activeElement?.matches(fields) ?? false);
    read();
    document.addEventListener('focusin', read);
    document.addEventListener('focusout', read);
    return () => {
      document.removeEventListener('focusin', read);
      document.removeEventListener('focusout', read);
    };
  }, []);
  return isTyping;
}
