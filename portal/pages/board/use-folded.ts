import { useLocalStorage } from '@mantine/hooks'
import { useCallback } from 'react'
import type { BoardStage } from '../../api/keys.ts'

const FOLDED_AT_FIRST: readonly BoardStage[] = ['Lost', 'Declined']

/** Which columns are folded up, remembered in this browser. */
export function useFolded() {
  const [folded, setFolded] = useLocalStorage<readonly BoardStage[]>({
    key: 'leadwright.board.folded',
    defaultValue: FOLDED_AT_FIRST,
    getInitialValueInEffect: false,
  })
  const fold = useCallback(
    (stage: BoardStage, isFolded: boolean) =>
      setFolded((before) => (isFolded ? [...before, stage] : before.filter((other) => other !== stage))),
    [setFolded],
  )
  return { folded, fold }
}
