/** Who is signed in, in which project we are, and what one is there. */

import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { api } from '../core/api'
import type { Person } from '../core/peopleTypes'
import type { Role, Session } from '../core/types'
import type { Keeping } from './useOutbox'

export const SESSION = ['session'] as const

export const useSession = () =>
  useQuery({ queryKey: SESSION, queryFn: api.session, staleTime: Number.POSITIVE_INFINITY })

export type SignedIn = Keeping & {
  user: Person
  memberships: Session['memberships']
  organisations: Session['organisations']
}
export type Place = {
  slug: string
  name: string
  roles: readonly Role[]
  /** Only there to be read. */
  archived?: boolean
}

export const SignedInContext = createContext<SignedIn | null>(null)
export const PlaceContext = createContext<Place | null>(null)

export function useSignedIn(): SignedIn {
  const found = useContext(SignedInContext)
  if (!found) throw new Error('useSignedIn outside of a session')
  return found
}

export function usePlace(): Place {
  const found = useContext(PlaceContext)
  if (!found) throw new Error('usePlace outside of a project')
  return found
}
