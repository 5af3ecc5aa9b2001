import { describe, expect, it } from 'vitest'
import schema from '../../openapi.json'
import { FIELDS, type Field } from '../../src/core/runs'
import { STAGES, type Stage } from '../../src/core/types'

interface Published {
  default?: unknown
  minimum?: number
  maximum?: number
  allOf?: { $ref: string }[]
}

const schemas = schema.components.schemas as unknown as Record<string, { enum?: string[] }>

function published(stage: Stage): Record<string, Published> {
  const name = `${stage[0]?.toUpperCase()}${stage.slice(1)}OptionsRequest`
  return (schemas[name] as unknown as { properties: Record<string, Published> }).properties
}

function asPublished(field: Field): Published {
  const initial = field.initial === null ? {} : { default: field.initial }
  return 'min' in field ? { ...initial, minimum: field.min, maximum: field.max } : initial
}

describe.each(STAGES)('the form of %s', stage => {
  const options = published(stage)

  it('has the options of the API in their order', () => {
    expect(FIELDS[stage].map(field => field.name)).toEqual(Object.keys(options))
  })

  it.each(FIELDS[stage])('has the default and the limits of $name', field => {
    expect(options[field.name]).toMatchObject(asPublished(field))
    if (field.initial === null) expect(options[field.name]).not.toHaveProperty('default')
  })

  it.each(FIELDS[stage].filter(field => field.type === 'choice'))(
    'has the choices of $name',
    field => {
      const name = options[field.name]?.allOf?.[0]?.$ref.split('/').at(-1) ?? ''
      expect(schemas[name]?.enum).toEqual('choices' in field ? field.choices : [])
    },
  )
})
