"""The fields of STIX objects by name: which become claims, and with which word."""

from typing import Final

# what stands in the place of a value that is not kept
WITHHELD: Final = "(withheld)"
# what a text, or each text of a list, says of the thing
TEXTS: Final[dict[str, str]] = {
    "aliases": "alias", "x_opencti_aliases": "alias", "x_mitre_aliases": "alias",
    "x_opencti_additional_names": "alias",
    "x_mitre_id": "notation", "x_opencti_external_id": "notation",
    "x_mitre_shortname": "notation", "x_mitre_old_attack_id": "notation",
    "cpe": "notation", "number": "notation",
    "title": "schema:headline", "abstract": "schema:headline",
    "objective": "hasPurpose", "goals": "hasPurpose", "display_name": "displayName",
    "account_login": "handle", "user_id": "dcterms:identifier",
    **dict.fromkeys(
        (
            "description", "x_opencti_description", "labels", "x_opencti_labels",
            "identity_class", "sectors",
            "roles", "threat_actor_types", "sophistication", "resource_level",
            "primary_motivation", "secondary_motivations", "personal_motivations",
            "incident_type", "incident_types", "severity", "channel_types", "report_types",
            "tool_types", "tool_version", "malware_types", "infrastructure_types",
            "narrative_types", "event_types", "indicator_types", "account_type", "context",
            "pattern", "pattern_type", "pattern_version", "version", "definition_type",
            "schema", "extension_types", "extension_properties", "x_opencti_type",
            "x_opencti_location_type", "x_opencti_organization_type", "x_opencti_reliability",
            "x_opencti_main_observable_type", "x_mitre_platforms", "x_mitre_version",
            "x_mitre_domains", "x_mitre_tactic_type", "x_mitre_permissions_required",
            "x_mitre_data_sources", "x_mitre_detection", "x_mitre_network_requirements",
            "x_mitre_attack_spec_version", "x_mitre_first_seen_citation",
            "x_mitre_last_seen_citation", "region", "country", "city", "administrative_area",
            "street_address", "postal_code", "media_category", "threat_actor_group", "group",
            "persona_name", "persona_type", "source", "architecture_execution_envs",
            "implementation_languages", "capabilities", "product", "result", "rir", "vendor",
            "category", "value", "name", "url", "path", "action", "subject",
            "protocols", "mime_type", "content_type", "x_mitre_impact_type", "x_mitre_tactics",
            "collection_layers", "status", "scope", "goal", "outcome", "operator",
            "information_types", "note_types", "priority", "response_types",
            "impact_category", "technique_id", "technique_name",
            "x_mitre_collection_layers", "x_mitre_system_requirements", "languages",
            "x_mitre_defense_bypassed", "x_mitre_effective_permissions", "x_mitre_sectors",
        ),
        "describedAs",
    ),
}  # fmt: skip
# what nobody chose from a list, in which `unknown` would be a word like others
FREE: Final = (
    "description", "x_opencti_description", "aliases", "x_opencti_aliases", "x_mitre_aliases",
    "title", "abstract", "objective", "goals", "display_name", "labels", "street_address",
    "x_opencti_labels", "x_opencti_additional_names",
)  # fmt: skip
TIMES: Final[dict[str, str]] = {
    "first_seen": "firstSeen", "last_seen": "lastSeen", "first_observed": "firstSeen",
    "last_observed": "lastSeen", "start_time": "firstSeen", "stop_time": "lastSeen",
    "published": "schema:datePublished", "publication_date": "schema:datePublished",
    "account_created": "schema:dateCreated", "date": "schema:dateCreated",
}  # fmt: skip
FLAGS: Final = (
    "is_family", "x_mitre_is_subtechnique", "x_mitre_deprecated", "is_disabled",
    "is_privileged", "is_service_account", "can_escalate_privs", "x_opencti_detection",
    "x_mitre_remote_support", "x_opencti_negative", "is_multipart", "is_active",
)  # fmt: skip
# of the platform that keeps the objects, or said by default: kept, but no claim of anybody
KEPT: Final = (
    "x_opencti_score", "x_opencti_workflow_id", "x_opencti_stix_ids", "extensions",
    "granular_markings", "x_opencti_definition", "x_opencti_definition_type",
    "x_misp_attributes", "x_misp_category", "x_misp_meta_category", "x_misp_name",
    "x_misp_type", "x_misp_value",
    "x_opencti_modified_at", "x_opencti_order", "x_opencti_color",
)  # fmt: skip
# whatever else MITRE writes about its objects is kept likewise, such as who contributed
KEPT_OF_MITRE: Final = ("x_mitre_", "x_capec_")
NUMBERS: Final = (
    "likelihood",
    "number_observed", "size", "number", "precision", "src_port", "dst_port", "src_byte_count",
    "dst_byte_count", "src_packets", "dst_packets",
)  # fmt: skip
NEVER: Final = {
    "credential": "is not taken: credentials are not kept",
    "credential_last_changed": "is not taken: credentials are not kept",
    "decryption_key": "is not taken: credentials are not kept",
    "content": "is not taken: the words of posts are not kept",
    "x_opencti_files": "is not taken: files are not kept",
    "contact_information": "is not taken: how somebody can be reached is not kept",
    # of persons, bank accounts and cards, as OpenCTI and others have them
    **dict.fromkeys(
        (
            "account_number", "bic", "birth_date", "bornIn_ref", "card_number", "cvv",
            "date_of_birth", "email", "ethnicity", "ethnicity_ref", "expiration_date",
            "eye_color", "gender", "hair_color", "height", "holder_name", "iban",
            "marital_status", "nationality", "phone", "phone_number", "weight",
        ),
        "is not taken: what identifies or locates a person is not kept",
    ),
}  # fmt: skip
# kinds of OpenCTI whose value is itself a secret, or reaches somebody or tells their phone
SECRET_KINDS: Final = ("credential", "iccid", "imei", "imsi", "phone-number")
SECRET: Final = "is not taken: secrets, and how somebody can be reached, are not kept"
# of who made, may see or changed an object: no claim of anybody about its thing
ADMINISTRATIVE: Final = (
    "created_by_ref", "object_marking_refs", "x_mitre_modified_by_ref",
    "x_opencti_created_by_ref", "x_opencti_granted_refs",
)  # fmt: skip
SAYS_NOTHING: Final = ("type", "id", "created", "modified", "confidence")
