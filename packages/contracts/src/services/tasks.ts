import { changesOf } from '../changes.ts';
import { pageOf, pageParameters, problem, timestamp, uuid, version } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import { schema, type TypeOf } from '../schema.ts';

const title = { type: 'string', minLength: 1, maxLength: 200 } as const;
const description = { type: 'string', maxLength: 5000 } as const;
const status = { type: 'string', enum: ['pending', 'in-progress', 'completed', 'cancelled'] } as const;
const priority = { type: 'string', enum: ['low', 'medium', 'high', 'urgent'] } as const;
const tags = { type: 'array', items: { type: 'string', minLength: 1, maxLength: 50 }, maxItems: 20 } as const;

const taskInput = schema({
  type: 'object',
  properties: {
    title,
    description,
    status: { ...status, default: 'pending' },
    priority: { ...priority, default: 'medium' },
    dueDate: timestamp,
    tags,
  },
  required: ['title'],
  additionalProperties: false,
});

export const task = schema({
  type: 'object',
  properties: {
    taskId: uuid,
    title,
    description,
    status,
    priority,
    dueDate: timestamp,
    tags,
    version,
    createdAt: timestamp,
    updatedAt: timestamp,
  },
  required: ['taskId', 'title', 'status', 'priority', 'version', 'createdAt', 'updatedAt'],
  additionalProperties: false,
});

const taskChanges = changesOf(taskInput);
const taskId = schema({
  type: 'object',
  properties: { taskId: uuid },
  required: ['taskId'],
  additionalProperties: false,
});
const taskList = schema({
  type: 'object',
  properties: { ...pageParameters, status, createdFrom: timestamp, createdTo: timestamp },
  required: ['limit'],
  additionalProperties: false,
  'x-ordered': ['createdFrom', 'createdTo'],
});
const taskDeleted = schema({
  type: 'object',
  properties: { message: { const: 'Task deleted' }, taskId: uuid },
  required: ['message', 'taskId'],
  additionalProperties: false,
});

export type Task = TypeOf<typeof task>;
export type TaskInput = TypeOf<typeof taskInput>;
export type TaskChanges = TypeOf<typeof taskChanges>;

export const createTask = defineOperation({
  operationId: 'createTask',
  method: 'POST',
  path: '/tasks',
  summary: 'Create a task',
  request: { headers: ['Idempotency-Key'], body: taskInput },
  responses: { 201: task, 422: problem },
});

export const getTask = defineOperation({
  operationId: 'getTask',
  method: 'GET',
  path: '/tasks/{taskId}',
  summary: 'Get a task',
  request: { params: taskId, headers: ['If-None-Match'] },
  responses: { 200: task, 304: null, 404: problem },
});

export const listTasks = defineOperation({
  operationId: 'listTasks',
  method: 'GET',
  path: '/tasks',
  summary: 'List tasks, newest first, of one status and of a time',
  request: { query: taskList },
  responses: { 200: pageOf('tasks', task) },
});

export const updateTask = defineOperation({
  operationId: 'updateTask',
  method: 'PUT',
  path: '/tasks/{taskId}',
  summary: 'Change some of a task’s fields',
  request: { params: taskId, headers: ['If-Match'], body: taskChanges },
  responses: { 200: task, 404: problem, 412: problem },
});

export const deleteTask = defineOperation({
  operationId: 'deleteTask',
  method: 'DELETE',
  path: '/tasks/{taskId}',
  summary: 'Delete a task',
  request: { params: taskId, headers: ['If-Match'] },
  responses: { 200: taskDeleted, 404: problem, 412: problem },
});
