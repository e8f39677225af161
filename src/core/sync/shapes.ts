import { CONSTRUCTIONONLINE_SHAPE } from './constructiononline-shape.ts'
import type { ConnectionKind } from './kinds.ts'
import { RENOVATIONFIND_SHAPE } from './renovationfind-shape.ts'
import type { SyncShape } from './shape.ts'

/** What each kind of connection keeps in step. */
export const SHAPES: { readonly [K in ConnectionKind]: SyncShape } = {
  renovationfind: RENOVATIONFIND_SHAPE,
  constructiononline: CONSTRUCTIONONLINE_SHAPE,
}
