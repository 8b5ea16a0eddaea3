import type { Ref } from 'react';
import { type GivenFile, givenFiles, shownFiles } from './given-files.ts';

interface FileInputProps {
  /** Whose `click()` opens the system's dialog. */
  readonly ref: Ref<HTMLInputElement>;
  readonly label: string;
  /** As the attribute `accept` of HTML. */
  readonly accept: string;
  readonly multiple?: boolean;
  /** Whether a folder is chosen, with all that is in it. */
  readonly isFolder?: boolean;
  readonly onChoose?: (files: GivenFile[]) => void;
  /** Called in its place with the files as the browser has them, for what is too large to be held as a whole. */
  readonly onFiles?: (files: File[]) => void;
}

/** The choosing of files, not seen; the same file can be chosen again. */
export function FileInput({ ref, label, accept, multiple = false, isFolder = false, onChoose, onFiles }: FileInputProps) {
  return (
    <input
      ref={ref}
      type="file"
      multiple={multiple}
      hidden
      accept={accept}
      {...(isFolder ? { webkitdirectory: '' } : {})}
      aria-label={label}
      onChange={(event) => {
        const files = shownFiles(event.target.files);
        const given = givenFiles(event.target.files);
        event.target.value = '';
        if (files.length === 0) return;
        if (onFiles) onFiles(files);
        else onChoose?.(given);
      }}
    />
  );
}
