/** Which annotations are ticked: those of `ids`, or with `isAll` all that fit but those. */
export interface Ticked {
  readonly isAll: boolean;
  readonly ids: ReadonlySet<string>;
}
