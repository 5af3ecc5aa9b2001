// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Level, Question, RubricLevel } from '../../src/core/types'
import { type AnswerBy, Scale } from '../../src/pages/rate/Scale'

const question: Question = {
  dimension: 'object',
  letter: 'O',
  title: 'Objects',
  text: 'Right?',
  examples: [],
}
const levels: RubricLevel[] = ([0, 1, 2, 3, 4, 5] as const).map(value => ({
  value,
  phrase: `Phrase ${value}`,
  sentence: `Sentence ${value}.`,
}))

type Heard = (level: Level, by: AnswerBy) => void

function Shown({ onAnswer }: { onAnswer: Heard }) {
  const [chosen, setChosen] = useState<Level>()
  const answer: Heard = (level, by) => {
    setChosen(level)
    onAnswer(level, by)
  }
  return (
    <Scale question={question} levels={levels} chosen={chosen} locked={false} onAnswer={answer} />
  )
}

afterEach(cleanup)

describe('Scale', () => {
  it('begins with nothing chosen, and every level under its digit and phrase', () => {
    render(<Shown onAnswer={vi.fn()} />)
    const radios = screen.getAllByRole('radio')
    expect(radios.map(radio => (radio as HTMLInputElement).checked)).toEqual(Array(6).fill(false))
    expect(screen.getByRole('radio', { name: '0 Phrase 0' })).toBeDefined()
  })

  it('answers and goes on at a click, also at a second click on the same level', async () => {
    const heard = vi.fn<Heard>()
    render(<Shown onAnswer={heard} />)
    await userEvent.click(screen.getByText('Phrase 4'))
    await userEvent.click(screen.getByText('Phrase 4'))
    expect(heard.mock.calls).toEqual([
      [4, { pointer: true }],
      [4, { pointer: true }],
    ])
  })

  it('answers without going on while the arrows pass over the levels', () => {
    const heard = vi.fn<Heard>()
    render(<Shown onAnswer={heard} />)
    // What a browser sends for an arrow: a click that no pointer made.
    fireEvent.click(screen.getByRole('radio', { name: '2 Phrase 2' }), { detail: 0 })
    expect(heard.mock.calls).toEqual([[2, { pointer: false }]])
  })

  it('describes each level by its sentence, which is not part of its name', () => {
    render(<Shown onAnswer={vi.fn()} />)
    const radio = screen.getByRole('radio', { name: '3 Phrase 3' })
    const described = document.getElementById(radio.getAttribute('aria-describedby') ?? '')
    expect(described?.textContent).toBe('Sentence 3.')
  })
})
