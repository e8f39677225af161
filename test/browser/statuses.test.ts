import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import {
  type FieldRule,
  fieldsFor,
  fieldsOf,
  type Rules,
  type StatusRule,
} from '../../portal/lead/status-form/rules.ts'
import { fieldWords } from '../../portal/lead/status-form/words.ts'
import { STATUS_WORDS } from '../../portal/words.ts'
import { expectOk, makeDesk } from './desk.ts'

const desk = await makeDesk()
afterAll(() => desk.close())
