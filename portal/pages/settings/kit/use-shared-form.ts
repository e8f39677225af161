import { useState } from 'react'
import { ApiProblem } from '../../../api/client.ts'
import { changedParts, isClash } from './changed-parts.ts'
import { type SettingsForm, type SettingsFormOptions, useSettingsForm } from './use-settings-form.ts'

const CHANGED_MEANWHILE = 412
/** Settings that a program changes all the time could otherwise be tried for ever. */
const TRIES_MAX = 5

interface Options<S, V, E extends object> extends Omit<SettingsFormOptions<V>, 'save' | 'initialValues'> {
  /** What the form is filled from as it opens; what comes later is looked at when it is saved. */
  readonly found: S
  readonly valuesOf: (settings: S) => V
  /** The values as they are sent. */
  readonly editOf: (values: V) => E
  /** Sends what was changed; throws an ApiProblem with status 412 when the settings are not `seen` any more. */
  readonly save: (edit: Partial<E>, seen: S) => Promise<S>
  /** The settings as they are now. */
  readonly look: () => Promise<S>
  readonly onSaved: () => void
}

/** Somebody else set to something else what is being changed here. */
export interface Clash {
  /** The form shows what they set; else what was typed, which a save puts in its place. */
  readonly isTheirs: boolean
  /** Shows the other of the two; what was typed is kept. */
  readonly toggle: () => void
}

export interface SharedForm<V> extends SettingsForm<V> {
  readonly clash: Clash | null
  /** Shows the settings as they are, without what was typed. */
  readonly discard: () => void
}

interface Standing<S, V> {
  /** What was typed over. */
  readonly base: S
  /** What was last seen of the settings, and is saved over. */
  readonly known: S
  readonly isClash: boolean
  /** What was typed, while the form shows theirs. */
  readonly mine: { readonly base: S; readonly values: V } | null
}

/**
 * A form over settings that others may change, too. Only what was changed is sent, so that what they set elsewhere is in
 * nobody's way. Where both changed the same nothing is saved and nothing lost: the user is told, can look at theirs, and
 * decides.
 */
export function useSharedForm<S, V extends Record<string, unknown>, E extends object>(
  options: Options<S, V, E>,
): SharedForm<V> {
  const { found, valuesOf, editOf, save, look, onSaved, ...input } = options
  const [standing, setStanding] = useState<Standing<S, V>>(() => fresh(found))
  const { base, known, mine } = standing

  const settings = useSettingsForm<V>({
    ...input,
    initialValues: valuesOf(found),
    save: async (values) => {
      const edit = changedParts(editOf(valuesOf(base)), editOf(values))
      const result = await saveOver({ edit, known, partsOf: (one) => editOf(valuesOf(one)), save, look })
      if (result.isClash) return setStanding({ base, known: result.settings, isClash: true, mine: null })
      show(result.settings)
      onSaved()
    },
  })
  const { form } = settings

  /** Begins anew with these. */
  function show(these: S, kept: Partial<Standing<S, V>> = {}): void {
    setStanding({ ...fresh(these), ...kept })
    form.setInitialValues(valuesOf(these))
    form.reset()
  }

  function toggle(): void {
    if (mine === null) show(known, { isClash: true, mine: { base, values: form.getValues() } })
    else {
      show(mine.base, { known, isClash: true })
      form.setValues(mine.values)
    }
  }

  const clash = standing.isClash ? { isTheirs: mine !== null, toggle } : null
  return { ...settings, clash, discard: () => show(known) }
}

function fresh<S, V>(settings: S): Standing<S, V> {
  return { base: settings, known: settings, isClash: false, mine: null }
}

interface Work<S, E extends object> {
  readonly edit: Partial<E>
  readonly known: S
  readonly partsOf: (settings: S) => E
  readonly save: (edit: Partial<E>, seen: S) => Promise<S>
  readonly look: () => Promise<S>
}

/** Saves, stepping over changes of others that touch none of these parts. */
async function saveOver<S, E extends object>(work: Work<S, E>): Promise<{ settings: S; isClash: boolean }> {
  const { edit, known, partsOf, save, look } = work
  let seen = known
  for (let tries = 1; ; tries++) {
    try {
      return { settings: await save(edit, seen), isClash: false }
    } catch (error) {
      const isChanged = error instanceof ApiProblem && error.status === CHANGED_MEANWHILE
      if (!isChanged || tries === TRIES_MAX) throw error
      const now = await look()
      if (isClash(partsOf(seen), partsOf(now), edit)) return { settings: now, isClash: true }
      seen = now
    }
  }
}
