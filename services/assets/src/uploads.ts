import { assets } from './assets.ts';
import { createUploadConfirmation } from './confirmUpload.ts';
import { objects } from './objects.ts';
import { removeObject } from './removal.ts';

export const confirmUpload = createUploadConfirmation({ assets, objects, removeObject });
