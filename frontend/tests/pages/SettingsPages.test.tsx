// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import { PlaceContext, type SignedIn, SignedInContext } from '../../src/app/session'
import { ProjectsPage } from '../../src/pages/projects/ProjectsPage'
import { General } from '../../src/pages/settings/General'
import { askFirst } from '../../src/ui/unsaved'
import { answers, asked, serve } from './server'

const PROJECT = {
  slug: 'demo',
  name: 'Demo',
  description: '',
  organisation: { slug: 'lab', name: 'Lab' },
  roles: ['admin'],
  created_at: '2026-01-01T00:00:00Z',
  archived_at: null,
}
const belonging = (slug: string, archived = false) => ({
  project: { slug, name: slug, archived },
  roles: ['admin'],
})

function open(page: ReactNode, { memberships = [] as unknown[], owner = false } = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const organisations = [{ slug: 'lab', name: 'Lab', owner }]
  const signedIn = { user: { id: 1 }, memberships, organisations } as unknown as SignedIn
  const location = memoryLocation({ path: '/', record: true })
  render(
    <Router hook={location.hook} aroundNav={askFirst}>
      <QueryClientProvider client={queries}>
        <SignedInContext value={signedIn}>
          <PlaceContext value={{ slug: 'demo', name: 'Demo', roles: ['admin'] }}>
            {page}
          </PlaceContext>
        </SignedInContext>
      </QueryClientProvider>
    </Router>,
  )
  return location
}

serve(() => ({ 'GET projects/demo': [200, PROJECT] }), '/api/v1/')

describe('the projects', () => {
  it('are none yet: an owner makes the first, anybody else asks', async () => {
    open(<ProjectsPage />, { owner: true })
    expect(screen.getByRole('button', { name: 'New project' })).toBeTruthy()
    cleanup()
    open(<ProjectsPage />)
    expect(screen.queryByRole('button', { name: 'New project' })).toBeNull()
    expect(screen.getByText('Ask an admin of a project to add you.')).toBeTruthy()
  })

  it('are entered at once where there is only one', () => {
    const location = open(<ProjectsPage />, { memberships: [belonging('demo')] })
    expect(location.history?.at(-1)).toBe('/p/demo')
  })

  it('are searched when they are many, and the archived ones asked for', async () => {
    const many = Array.from({ length: 9 }, (_, n) => belonging(`p${n}`, n === 8))
    answers['GET projects?archived=no'] = [200, { results: [PROJECT], next: null }]
    answers['GET projects?search=bird&archived=no'] = [200, { results: [], next: null }]
    answers['GET projects?search=bird&archived=yes'] = [200, { results: [PROJECT], next: null }]
    open(<ProjectsPage />, { memberships: many })
    await screen.findByRole('link', { name: /Demo/ })
    await userEvent.type(screen.getByLabelText('Find a project'), 'bird')
    await screen.findByText('No project fits')
    await userEvent.click(screen.getByRole('button', { name: 'Archived' }))
    await screen.findByRole('link', { name: /Demo/ })
  })

  it('get an address that follows the name until one is chosen', async () => {
    answers['GET projects?archived=no'] = [200, { results: [], next: null }]
    answers['POST organisations/lab/projects'] = [409, { type: 'slug-taken', title: '' }]
    open(<ProjectsPage />, { memberships: [belonging('a'), belonging('b')], owner: true })
    await userEvent.click(screen.getByRole('button', { name: 'New project' }))
    const dialog = within(screen.getByRole('dialog'))
    await userEvent.type(dialog.getByLabelText('Name'), 'Birds in flight')
    const slug = dialog.getByLabelText<HTMLInputElement>('Address')
    expect(slug.value).toBe('birds-in-flight')
    await userEvent.clear(slug)
    await userEvent.type(slug, 'birds')
    await userEvent.type(dialog.getByLabelText('Name'), '!')
    expect(slug.value).toBe('birds')
    await userEvent.click(dialog.getByRole('button', { name: 'Create the project' }))
    await dialog.findByText(/Another project has, or had, this address/)
  })
})

describe('the general settings', () => {
  it('send what was changed and nothing else', async () => {
    answers['PATCH projects/demo'] = [200, { ...PROJECT, name: 'Birds' }]
    open(<General />)
    const name = await screen.findByLabelText('Name')
    await userEvent.clear(name)
    await userEvent.type(name, 'Birds')
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(asked).toHaveBeenCalledWith('PATCH projects/demo', { name: 'Birds' })
    await screen.findByText('Saved')
  })

  it('say at once that an address is none, and ask before they are left', async () => {
    const confirm = vi.fn(() => false)
    vi.stubGlobal('confirm', confirm)
    const location = open(<General />)
    await userEvent.type(await screen.findByLabelText('Address'), '!')
    await screen.findByText(/Only letters, digits/)
    await userEvent.click(screen.getByRole('link', { name: 'People' }))
    expect(confirm).toHaveBeenCalled()
    expect(location.history?.at(-1)).toBe('/')
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }))
    await userEvent.click(screen.getByRole('link', { name: 'People' }))
    expect(location.history?.at(-1)).toBe('/p/demo/people')
  })
})
