// The shape of `firebreak.dependencies.yaml`, which stands beside Kubernetes manifests.
import {z} from 'zod';

const flows = z.array(z.string()).nullish();

export const dependenciesSchema = z
	.strictObject({
		needs: flows.describe('Dependencies that no manifest names: web -> api:8080/tcp, web.shop -> db.shop:postgres'),
		without: flows.describe('Dependencies that the manifests seem to name and that are none'),
	})
	.describe('Dependencies of a folder of Kubernetes manifests, added and taken away');
