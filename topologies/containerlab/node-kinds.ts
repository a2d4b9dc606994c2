// What becomes of a node, by its kind. Source: containerlab.dev/manual/kinds, and kinds of older versions.
import {nearest} from '../../core/files/nearest.ts';

/**
 * `linux`: a workload. `network-os`: a plain router in its place. `bridge`: a network. `host`: what lies beyond the lab.
 * `cluster`: left out, since its containers are nodes of their own.
 */
export type NodeRole = 'linux' | 'network-os' | 'bridge' | 'host' | 'cluster';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const roles: readonly (readonly [NodeRole, readonly string[]])[] = [
	['linux', words('linux ext-container keysight_ixia-c-one border0 mysocketio')],
	['bridge', words('bridge ovs-bridge')],
	['host', ['host']],
	['cluster', ['k8s-kind']],
	[
		'network-os',
		words(`
			6wind_vsr arista_ceos arista_veos arrcus_arcos aruba_aoscx c8000 c8000v ceos checkpoint_cloudguard ciena_saos
			cisco_asav cisco_c8000 cisco_c8000v cisco_cat9kv cisco_csr1000v cisco_ftdv cisco_iol cisco_n9kv cisco_sdwan
			cisco_vios cisco_xrd cisco_xrv cisco_xrv9k cjunosevolved crpd cumulus_cvx cvx dell_ftosv dell_sonic
			f5_bigip-ve fdio_vpp fortinet_fortigate freebsd generic_vm huawei_vrp ipinfusion_ocnos juniper_cjunosevolved
			juniper_crpd juniper_vjunosevolved juniper_vjunosrouter juniper_vjunosswitch juniper_vmx juniper_vqfx
			juniper_vsrx mikrotik_ros nokia_srlinux nokia_sros nokia_srsim openbsd openwrt paloalto_panos rare sonic-vm sonic-vs
			srl srlinux sros vr-aoscx vr-arista_veos vr-aruba_aoscx vr-cisco_csr vr-cisco_csr1000v vr-cisco_n9kv
			vr-cisco_nxos vr-cisco_xrv vr-cisco_xrv9k vr-csr vr-dell_ftosv vr-freebsd vr-ftosv vr-juniper_vjunosevolved
			vr-juniper_vmx vr-juniper_vqfx vr-juniper_vsrx vr-mikrotik_ros vr-n9kv vr-nokia_sros vr-nxos vr-paloalto_panos
			vr-pan vr-ros vr-sros vr-veos vr-vmx vr-vqfx vr-vsrx vr-xrv vr-xrv9k vyosnetworks_vyos xrd`),
	],
];

const byKind: ReadonlyMap<string, NodeRole> = new Map(
	roles.flatMap(([role, kinds]) => kinds.map(kind => [kind, role] as const)),
);

/** `near` is the kind that an unknown one was most likely meant to be; new kinds of network systems come with every release. */
export type KindReading =
	| {readonly kind: 'known'; readonly role: NodeRole}
	| {readonly kind: 'unknown'; readonly near: string | undefined};

export function roleOf(kind: string): KindReading {
	const role = byKind.get(kind);
	return role === undefined ? {kind: 'unknown', near: nearest(kind, byKind.keys())} : {kind: 'known', role};
}
