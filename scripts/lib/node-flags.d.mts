/** Typed here for our own TypeScript; the launcher itself runs on any Node. */
export declare const NODE_FLAGS: readonly string[]
export const MEMORY_SETTINGS: Readonly<Record<string, string>>
