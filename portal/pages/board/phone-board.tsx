import { Text, UnstyledButton } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import type { BoardStage } from '../../api/keys.ts'
import { countWords } from '../../format.ts'
import { MoneyText } from '../../ui/money-text.tsx'
import { showFocused } from '../../ui/show-focused.ts'
import classes from './board.module.css'
import { BoardCard } from './board-card.tsx'
import type { BoardStore } from './board-store.ts'
import { CardList } from './card-list.tsx'
import { StageDot } from './column-head.tsx'
import type { BoardViewProps } from './desktop-board.tsx'
import { MoveMenu } from './move-menu.tsx'
import { useColumn } from './use-board.ts'

/** One stage at a time, with all of them to pick from above. */
export function PhoneBoard({ store, actions, isSearch }: BoardViewProps) {
  const [stage, setStage] = useSessionStorage<BoardStage>({
    key: 'leadwright.board.stage',
    defaultValue: 'New',
    getInitialValueInEffect: false,
  })
  const column = useColumn(store, stage)
  return (
    <>
      <nav className={classes['picker'] ?? ''} aria-label="Stages" onFocus={showFocused}>
        {store.stages.map((each) => (
          <PickerButton
            key={each}
            store={store}
            stage={each}
            isChosen={each === stage}
            onChoose={() => setStage(each)}
          />
        ))}
      </nav>
      <section className={classes['single'] ?? ''} aria-label={stage}>
        {column.amount !== null && Number(column.amount) > 0 && (
          <Text size="sm" c="dimmed" pb={6}>
            <MoneyText amount={column.amount} /> in {stage}
          </Text>
        )}
        <CardList
          key={stage}
          store={store}
          stage={stage}
          column={column}
          isSearch={isSearch}
          heldId={null}
          renderCard={(card) => (
            <div data-card={card.id}>
              <BoardCard
                card={card}
                onAnswer={actions.answer}
                controls={<MoveMenu card={card} rules={actions.rules} onMove={actions.move} />}
              />
            </div>
          )}
        />
      </section>
    </>
  )
}

interface PickerButtonProps {
  readonly store: BoardStore
  readonly stage: BoardStage
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function PickerButton({ store, stage, isChosen, onChoose }: PickerButtonProps) {
  const column = useColumn(store, stage)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isChosen) button.current?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [isChosen])
  return (
    <UnstyledButton
      ref={button}
      className={classes['pick'] ?? ''}
      aria-pressed={isChosen}
      data-chosen={isChosen || undefined}
      onClick={onChoose}
    >
      <StageDot stage={stage} />
      {stage}
      <Text span size="xs" c="dimmed" className="lw-number">
        {column.phase === 'loading' ? '' : countWords(column)}
      </Text>
    </UnstyledButton>
  )
}
