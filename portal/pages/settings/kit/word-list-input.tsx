import { ActionIcon, Box, Button, Group, Input, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSortAscendingLetters, IconX } from '@tabler/icons-react'
import { useId, useRef, useState } from 'react'
import { addWords, moveWord } from '../word-list.ts'
import classes from './word-list-input.module.css'

interface Props {
  readonly label: string
  readonly description: string
  /** What an empty list means. */
  readonly none?: string
  readonly value?: readonly string[]
  readonly onChange?: (words: string[]) => void
  readonly error?: React.ReactNode
  readonly disabled: boolean
  readonly 'data-path'?: string
}

/** Words in an order of their own: added at the end, moved, taken away. */
export function WordListInput(props: Props) {
  const { label, description, none = 'No words yet: the field takes any text.', error, disabled } = props
  const { value = [], onChange } = props
  const [said, setSaid] = useState('')
  const labelId = useId()
  const listRef = useRef<HTMLOListElement>(null)
  const change = (words: readonly string[], report: string) => {
    onChange?.([...words])
    setSaid(report)
  }
  const move = (from: number, to: number, word: string) => {
    change(moveWord(value, from, to), `${word} is number ${to + 1} of ${value.length}.`)
  }
  const remove = (word: string, index: number) => {
    change(
      value.filter((_, at) => at !== index),
      `${word} is removed.`,
    )
    // The button that had the focus is gone: the next word's takes it.
    window.setTimeout(() => focusRemove(listRef.current, Math.min(index, value.length - 2)), 0)
  }
  return (
    <Box role="group" aria-labelledby={labelId}>
      <Group justify="space-between" align="flex-end" mb={6} wrap="nowrap">
        <div>
          <Text fw={600} size="sm" id={labelId}>
            {label}
          </Text>
          <Text size="xs" c="dimmed">
            {description}
          </Text>
        </div>
        {!disabled && value.length > 2 && (
          <Button
            variant="subtle"
            size="compact-xs"
            flex="none"
            leftSection={<IconSortAscendingLetters size={16} aria-hidden />}
            aria-label={`Sort ${label} by alphabet`}
            onClick={() =>
              change(
                [...value].sort((a, b) => a.localeCompare(b)),
                `${label} are sorted.`,
              )
            }
          >
            Sort
          </Button>
        )}
      </Group>
      <ol className={classes.list ?? ''} ref={listRef}>
        {value.map((word, index) => (
          <li key={word} className={classes.word ?? ''}>
            <span className={classes.text}>{word}</span>
            {!disabled && (
              <WordTools
                word={word}
                isFirst={index === 0}
                isLast={index === value.length - 1}
                onUp={() => move(index, index - 1, word)}
                onDown={() => move(index, index + 1, word)}
                onRemove={() => remove(word, index)}
              />
            )}
          </li>
        ))}
      </ol>
      {value.length === 0 && (
        <Text size="sm" c="dimmed" py={6}>
          {none}
        </Text>
      )}
      {!disabled && (
        <AddWord
          label={label}
          words={value}
          onAdd={change}
          {...(props['data-path'] ? { path: props['data-path'] } : {})}
        />
      )}
      {error !== undefined && error !== null && <Input.Error mt={4}>{error}</Input.Error>}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </Box>
  )
}

function focusRemove(list: HTMLOListElement | null, index: number): void {
  list?.querySelectorAll<HTMLButtonElement>('button[data-remove]')[index]?.focus()
}

interface WordToolsProps {
  readonly word: string
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onUp: () => void
  readonly onDown: () => void
  readonly onRemove: () => void
}

/** Arrows at an end stay where they are and do nothing, so that the focus does not get lost there. */
function WordTools({ word, isFirst, isLast, onUp, onDown, onRemove }: WordToolsProps) {
  return (
    <Group gap={0} wrap="nowrap">
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes.tool ?? ''}
        aria-label={`Move ${word} up`}
        aria-disabled={isFirst}
        {...(isFirst ? { 'data-disabled': true } : {})}
        onClick={() => !isFirst && onUp()}
      >
        <IconArrowUp size={15} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes.tool ?? ''}
        aria-label={`Move ${word} down`}
        aria-disabled={isLast}
        {...(isLast ? { 'data-disabled': true } : {})}
        onClick={() => !isLast && onDown()}
      >
        <IconArrowDown size={15} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${word}`} data-remove onClick={onRemove}>
        <IconX size={15} />
      </ActionIcon>
    </Group>
  )
}

interface AddWordProps {
  readonly label: string
  readonly words: readonly string[]
  readonly path?: string
  readonly onAdd: (words: readonly string[], report: string) => void
}

function AddWord({ label, words, path, onAdd }: AddWordProps) {
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const add = () => {
    if (text.trim() === '') return
    const added = addWords(words, text)
    setFault(added.fault)
    if (added.words === null) return
    onAdd(added.words, `${text.trim()} is added.`)
    setText('')
  }
  return (
    <Group gap="xs" align="flex-start" mt={6} wrap="nowrap">
      <TextInput
        aria-label={`New word for ${label}`}
        placeholder="Add a word"
        value={text}
        error={fault}
        flex={1}
        data-path={path}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setFault(null)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          // Enter adds the word; it does not send the form.
          event.preventDefault()
          add()
        }}
      />
      <Button variant="default" onClick={add} disabled={text.trim() === ''}>
        Add
      </Button>
    </Group>
  )
}
