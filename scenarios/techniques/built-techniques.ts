import type {Technique} from '../../core/contracts/technique.ts';
import type {TechniqueName} from '../../core/model/scenario.ts';
import {abuseDeployServer} from './abuse-deploy-server.ts';
import {discoverHosts} from './discover-hosts.ts';
import {discoverServices} from './discover-services.ts';
import {encrypt} from './encrypt.ts';
import {exploitService} from './exploit-service.ts';
import {readMetadata} from './read-metadata.ts';
import {reusePassword} from './reuse-password.ts';
import {reuseSshKey} from './reuse-ssh-key.ts';
import {sprayPasswords} from './spray-passwords.ts';
import {transferTool} from './transfer-tool.ts';

/** The techniques that there are, in the order in which a worm's round takes them; a new one is added here. */
export const builtTechniques: ReadonlyMap<TechniqueName, Technique> = new Map(
	[
		discoverHosts,
		discoverServices,
		readMetadata,
		exploitService,
		abuseDeployServer,
		reuseSshKey,
		reusePassword,
		sprayPasswords,
		transferTool,
		encrypt,
	].map(technique => [technique.name, technique]),
);
