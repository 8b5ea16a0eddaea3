/** Which annotations are ticked: those in `ids`, or with `isAll` everything that matches except those. */
export interface Ticked {
  readonly isAll: boolean;
  readonly ids: ReadonlySet<string>;
}
