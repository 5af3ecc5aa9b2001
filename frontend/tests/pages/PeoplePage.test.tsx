// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { PlaceContext, type SignedIn, SignedInContext } from '../../src/app/session'
import { PeoplePage } from '../../src/pages/people/PeoplePage'
import { type Answer, answers, asked, serve } from './server'

const ADMIN = {
  id: 1,
  username: 'root',
  name: 'Ada',
  email: '',
  roles: ['admin'],
  paused_at: null,
}
const RATER = { ...ADMIN, id: 2, username: 'mei', name: '', roles: ['annotator', 'researcher'] }

const page = (results: unknown[], next: string | null = null): Answer => [200, { results, next }]

function open() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const signedIn = { user: { id: 1, username: 'root' } } as unknown as SignedIn
  return render(
    <QueryClientProvider client={queries}>
      <SignedInContext value={signedIn}>
        <PlaceContext value={{ slug: 'demo', name: 'Demo', roles: ['admin'] }}>
          <PeoplePage />
        </PlaceContext>
      </SignedInContext>
    </QueryClientProvider>,
  )
}

const tick = async (name: string) => screen.findByRole('checkbox', { name })

serve(() => ({ 'GET members': page([ADMIN, RATER]), 'GET invitations': page([]) }))

describe('the people page', () => {
  it('changes a role at once', async () => {
    answers['PATCH members/2'] = [200, { ...RATER, roles: ['annotator'] }]
    open()
    await userEvent.click(await tick('Researcher: mei'))
    expect(asked).toHaveBeenCalledWith('PATCH members/2', { roles: ['annotator'] })
    expect(await screen.findByRole('checkbox', { name: 'Annotator: mei' })).toHaveProperty(
      'disabled',
      true,
    )
  })

  it('asks before one gives up being an admin, and shows why it is refused', async () => {
    const title = 'A project needs an admin who can work in it.'
    answers['GET members'] = page([{ ...ADMIN, roles: ['annotator', 'admin'] }])
    answers['PATCH members/1'] = [409, { type: 'last-admin', title }]
    open()
    await userEvent.click(await tick('Admin: root'))
    expect(asked).not.toHaveBeenCalledWith('PATCH members/1', expect.anything())
    await userEvent.click(screen.getByRole('button', { name: 'Give it up' }))
    expect(await screen.findByText(title)).toBeTruthy()
  })

  it('removes somebody only after asking, and says that the work is kept', async () => {
    answers['DELETE members/2'] = [204, null]
    open()
    await userEvent.click(await screen.findByRole('button', { name: /^Remove\s*mei$/ }))
    const dialog = screen.getByRole('dialog')
    expect(within(dialog).getByText(/is kept/)).toBeTruthy()
    await userEvent.click(within(dialog).getByRole('button', { name: 'Remove' }))
    expect(asked).toHaveBeenCalledWith('DELETE members/2', undefined)
    await vi.waitFor(() => expect(screen.queryByText('mei')).toBeNull())
  })

  it('goes on with a long list, and has the server search it', async () => {
    answers['GET members'] = page([ADMIN], '1')
    answers['GET members?cursor=1'] = page([RATER])
    answers['GET members?search=mei+lin'] = page([{ ...RATER, name: 'Mei Lin' }])
    open()
    await userEvent.click(await screen.findByRole('button', { name: 'Load more' }))
    expect(await tick('Researcher: mei')).toBeTruthy()
    await userEvent.type(screen.getByRole('searchbox'), 'mei lin')
    expect(await screen.findByText('Mei Lin')).toBeTruthy()
    expect(screen.queryByText('Ada')).toBeNull()
    expect(screen.getByRole('searchbox')).toHaveProperty('value', 'mei lin')
  })

  it('shows the link of a new invitation', async () => {
    const link = 'https://crest.example/invitations/secret'
    const made = { id: 7, role: 'annotator', email: '', expires_at: '2026-09-08T12:00:00Z' }
    answers['POST invitations'] = [201, { ...made, link, sent: false, not_sent: 'no-address' }]
    open()
    await userEvent.click(screen.getByRole('button', { name: 'Invite somebody' }))
    await userEvent.click(screen.getByRole('button', { name: 'Make the link' }))
    expect(asked).toHaveBeenCalledWith('POST invitations', {
      role: 'annotator',
      email: '',
      days: 7,
    })
    expect(await screen.findByDisplayValue(link)).toBeTruthy()
  })
})
