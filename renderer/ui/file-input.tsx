import type { Ref } from 'react';
import { type GivenFile, givenFiles, shownFiles } from './given-files.ts';

interface FileInputProps {
  /** Call `click()` on it to open the system's dialog. */
  readonly ref: Ref<HTMLInputElement>;
  readonly label: string;
  /** Like the HTML attribute `accept`. */
  readonly accept: string;
  readonly multiple?: boolean;
  /** Whether to choose a folder with everything in it. */
  readonly isFolder?: boolean;
  readonly onChoose?: (files: GivenFile[]) => void;
  /** Called instead, with the browser's File objects, for files too large to be read as a whole. */
  readonly onFiles?: (files: File[]) => void;
}

/** An invisible file input. The same file can be chosen again. */
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
