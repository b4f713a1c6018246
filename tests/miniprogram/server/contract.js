/** The contract in openapi/openapi.json: what of a request it refuses, and whether an answer is one that it promises. */
const fs = require('fs');
const path = require('path');

const CONTRACT = JSON.parse(fs.readFileSync(path.join(__dirname, '../../../openapi/openapi.json'), 'utf8'));
const FORMATS = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
};

function resolved(schema) {
  return schema.$ref ? resolved(CONTRACT.components.schemas[schema.$ref.split('/').pop()]) : schema;
}

const KINDS = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  null: (value) => value === null,
};

function faultsOfObject(schema, value, at, isRequest) {
  const properties = schema.properties || {};
  const missing = (schema.required || []).filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
  // The server refuses fields that it does not know; it may say more than the contract demands.
  const unknown = isRequest && schema.properties ? Object.keys(value).filter((name) => !(name in properties)).map((name) => `${at}.${name} is not known`) : [];
  const inner = Object.keys(value).filter((name) => name in properties).flatMap((name) => faultsOf(properties[name], value[name], `${at}.${name}`, isRequest));
  return [...missing, ...unknown, ...inner];
}

/** What of a value does not fit its schema, in words; nothing where all of it does. */
function faultsOf(given, value, at, isRequest) {
  const schema = resolved(given);
  const choices = schema.oneOf || schema.anyOf;
  if (choices) {
    const tries = choices.map((choice) => faultsOf(choice, value, at, isRequest));
    return tries.some((faults) => !faults.length) ? [] : tries.find((faults) => !faults[0].includes('is no null')) || tries[0];
  }
  if (schema.type && !KINDS[schema.type](value)) return [`${at} is no ${schema.type}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of ${schema.enum}`];
  const faults = [];
  if (typeof value === 'string') {
    if (schema.maxLength !== undefined && Array.from(value).length > schema.maxLength) faults.push(`${at} is too long`);
    if (schema.minLength !== undefined && value.length < schema.minLength) faults.push(`${at} is too short`);
    if (schema.pattern && !new RegExp(schema.pattern).test(value)) faults.push(`${at} does not match`);
    if (FORMATS[schema.format] && !FORMATS[schema.format].test(value)) faults.push(`${at} is no ${schema.format}`);
  }
  if (typeof value === 'number' && (value < schema.minimum || value > schema.maximum)) faults.push(`${at} is out of range`);
  if (Array.isArray(value)) {
    if (value.length > schema.maxItems) faults.push(`${at} has too many`);
    value.forEach((each, i) => faults.push(...faultsOf(schema.items || {}, each, `${at}[${i}]`, isRequest)));
  }
  if (KINDS.object(value)) faults.push(...faultsOfObject(schema, value, at, isRequest));
  return faults;
}

/** The operation of an address, with its path in the contract; null where there is none. */
function operationOf(method, address) {
  const parts = address.split('/');
  const fits = (template) => {
    const names = template.split('/');
    return names.length === parts.length && names.every((name, i) => name.startsWith('{') || name === parts[i]);
  };
  const templates = Object.keys(CONTRACT.paths).filter(fits).sort((one, other) => one.split('{').length - other.split('{').length);
  const template = templates.find((each) => CONTRACT.paths[each][method.toLowerCase()]);
  return template ? { template, ...CONTRACT.paths[template][method.toLowerCase()] } : null;
}

function bodySchema(operation) {
  const content = operation.requestBody && operation.requestBody.content;
  return content && content['application/json'] && content['application/json'].schema;
}

function answerSchema(operation, status) {
  const answer = operation.responses[String(status)];
  return answer && answer.content && answer.content['application/json'] && answer.content['application/json'].schema;
}

module.exports = { faultsOf, operationOf, bodySchema, answerSchema };
