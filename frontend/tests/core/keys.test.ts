import { describe, expect, it } from 'vitest'
import { chordOf, isTakenBy, isTextEntry, type KeyPress } from '../../src/core/keys'

const press = (key: string, code = '', more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

describe('chordOf', () => {
  it.each([
    [press('4', 'Digit4'), '4'],
    [press('4', 'Numpad4'), '4'],
    [press('"', 'Digit3'), '3'],
    [press('3', 'Digit3', { shiftKey: true }), '3'],
    [press('O', 'KeyO', { shiftKey: true }), 'o'],
    [press('щ', 'KeyO'), 'o'],
    [press('<', 'Comma', { shiftKey: true }), '<'],
    [press('?', 'Slash', { shiftKey: true }), '?'],
    [press('!', 'Digit1', { shiftKey: true }), '!'],
    [press('Enter', 'Enter'), 'Enter'],
    [press(' ', 'Space'), ' '],
  ])('%o is %s', (given, chord) => {
    expect(chordOf(given)).toBe(chord)
  })

  it.each(['ctrlKey', 'metaKey', 'altKey'] as const)('leaves %s to the browser', modifier => {
    expect(chordOf(press('s', 'KeyS', { [modifier]: true }))).toBe('')
  })
})

const input = (type: string, more: object = {}) => ({ tagName: 'INPUT', type, ...more })

describe('isTextEntry', () => {
  it.each([
    [input('text')],
    [input('password')],
    [{ tagName: 'TEXTAREA' }],
    [{ tagName: 'SELECT' }],
  ])('is true for %o', target => expect(isTextEntry(target)).toBe(true))

  it.each([[input('radio')], [input('checkbox')], [input('range')], [{ tagName: 'BODY' }], [null]])(
    'is false for %o',
    target => expect(isTextEntry(target)).toBe(false),
  )
})

describe('isTakenBy', () => {
  it('leaves a radio its arrows, and Space while it is not chosen', () => {
    expect(isTakenBy(input('radio', { checked: false }), ' ')).toBe(true)
    expect(isTakenBy(input('radio', { checked: true }), ' ')).toBe(false)
    expect(isTakenBy(input('radio'), 'ArrowLeft')).toBe(true)
    expect(isTakenBy(input('radio'), '4')).toBe(false)
    expect(isTakenBy(input('radio'), 'Enter')).toBe(false)
  })

  it('leaves a button its Enter and Space', () => {
    expect(isTakenBy({ tagName: 'BUTTON' }, 'Enter')).toBe(true)
    expect(isTakenBy({ tagName: 'BUTTON' }, ' ')).toBe(true)
    expect(isTakenBy({ tagName: 'BUTTON' }, '4')).toBe(false)
  })
})
