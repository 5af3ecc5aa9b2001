// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { PlaceContext } from '../../src/app/session'
import { Webhooks } from '../../src/pages/settings/Webhooks'
import { answers, asked, serve } from './server'

const WEBHOOK = {
  id: 3,
  url: 'https://hooks.example/crest',
  description: 'Ours',
  types: ['answer.recorded'],
  off: '',
  failing_since: null,
  former_secret_until: null,
  waiting: 2,
  last_at: null,
  created_by: 'ada',
  created_at: '2026-01-01T00:00:00Z',
}

function open(archived = false) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  render(
    <QueryClientProvider client={queries}>
      <PlaceContext value={{ slug: 'demo', name: 'Demo', roles: ['admin'], archived }}>
        <Webhooks />
      </PlaceContext>
    </QueryClientProvider>,
  )
}

serve(() => ({ 'GET webhooks': [200, { results: [] }] }))

it('says that there are none, and why one may want one', async () => {
  open()
  await screen.findByText('No webhooks yet')
})

it('says what went wrong, and asks again when told to', async () => {
  answers['GET webhooks'] = [500, { type: 'server-error', title: 'Something broke.' }]
  open()
  await screen.findByText('Something broke.')
  answers['GET webhooks'] = [200, { results: [WEBHOOK] }]
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await screen.findByRole('link', { name: WEBHOOK.url })
  screen.getByText('2 wait')
  screen.getByText('On')
})

it('makes none in a project that is archived', async () => {
  open(true)
  await screen.findByText('No webhooks yet')
  expect(screen.queryByRole('button', { name: 'New webhook' })).toBeNull()
})

it('says why an address is refused, and shows the secret of one that is not', async () => {
  answers['POST webhooks'] = [422, { type: 'address-refused', title: 'No.', reason: 'port' }]
  open()
  await userEvent.click(await screen.findByRole('button', { name: 'New webhook' }))
  const dialog = within(screen.getByRole('dialog'))
  await userEvent.type(dialog.getByLabelText('Address'), 'https://hooks.example:8443/')
  for (const box of dialog.getAllByRole('checkbox').slice(1)) await userEvent.click(box)
  await userEvent.click(dialog.getByRole('button', { name: 'Make the webhook' }))
  await dialog.findByText('Only ports 80 and 443, unless an operator has allowed others')
  expect(asked).toHaveBeenLastCalledWith('POST webhooks', {
    url: 'https://hooks.example:8443/',
    description: '',
    types: ['answer.recorded'],
  })

  answers['POST webhooks'] = [201, { ...WEBHOOK, secret: 'whsec_abc' }]
  await userEvent.click(dialog.getByRole('button', { name: 'Make the webhook' }))
  const secret = await screen.findByLabelText<HTMLInputElement>('Secret')
  expect(secret.value).toBe('whsec_abc')
})
