/** Runs in a page, which has another library of types: a script of its own. */
export declare const measure: () => unknown;
