import type { Ref } from 'react';
import { type GivenFile, givenFiles } from './given-files.ts';

interface FileInputProps {
  /** Whose `click()` opens the system's dialog. */
  readonly ref: Ref<HTMLInputElement>;
  readonly label: string;
  /** As the attribute `accept` of HTML. */
  readonly accept: string;
  readonly multiple?: boolean;
  readonly onChoose: (files: GivenFile[]) => void;
}

/** The choosing of files, not seen; the same file can be chosen again. */
export function FileInput({ ref, label, accept, multiple = false, onChoose }: FileInputProps) {
  return (
    <input
      ref={ref}
      type="file"
      multiple={multiple}
      hidden
      accept={accept}
      aria-label={label}
      onChange={(event) => {
        const files = givenFiles(event.target.files);
        event.target.value = '';
        if (files.length > 0) onChoose(files);
      }}
    />
  );
}
