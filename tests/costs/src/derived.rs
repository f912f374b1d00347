//! A ticket as anybody would write it down for serde: the fields of the `Ticket` of desk-sdk and of all records in
//! it, read by derived code. It fails where the API sends a number as text or a list in place of a record; it loses
//! what it does not declare.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A page of tickets.
#[derive(Debug, Deserialize)]
pub struct Tickets {
    pub data: Vec<Ticket>,
    pub count: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    pub account_id: Option<String>,
    pub approval_count: Option<i64>,
    pub assignee: Option<Box<TicketAssignee>>,
    pub assignee_id: Option<String>,
    pub attachment_count: Option<i64>,
    pub blueprint: Option<Box<Blueprint>>,
    pub category: Option<String>,
    pub cf: Option<Value>,
    pub channel: Option<String>,
    pub channel_code: Option<String>,
    pub channel_related_info: Option<Box<TicketChannelRelatedInfo>>,
    pub child_ticket_count: Option<i64>,
    pub classification: Option<String>,
    pub cloned_ticket_id: Option<String>,
    pub closed_time: Option<String>,
    pub comment_count: Option<i64>,
    pub contact: Option<Box<TicketContact>>,
    pub contact_id: Option<String>,
    pub contract_id: Option<String>,
    pub created_by: Option<String>,
    pub created_time: Option<String>,
    pub custom_fields: Option<Value>,
    pub customer_response_time: Option<String>,
    pub department: Option<Box<TicketDepartment>>,
    pub department_id: Option<String>,
    pub description: Option<String>,
    pub due_date: Option<String>,
    pub email: Option<String>,
    pub entity_skills: Option<Vec<String>>,
    pub follower_count: Option<i64>,
    pub id: Option<String>,
    pub is_archived: Option<bool>,
    pub is_deleted: Option<bool>,
    pub is_escalated: Option<bool>,
    pub is_following: Option<bool>,
    pub is_over_due: Option<bool>,
    pub is_read: Option<bool>,
    pub is_response_overdue: Option<bool>,
    pub is_spam: Option<bool>,
    pub is_trashed: Option<bool>,
    pub language: Option<String>,
    pub last_thread: Option<Box<LastThread>>,
    pub layout_details: Option<Box<RecordLayout>>,
    pub layout_id: Option<String>,
    pub locked_time: Option<String>,
    pub modified_by: Option<String>,
    pub modified_time: Option<String>,
    pub module: Option<String>,
    pub onhold_time: Option<String>,
    pub parent_ticket: Option<Box<ParentTicket>>,
    pub phone: Option<String>,
    pub priority: Option<String>,
    pub product: Option<Box<TicketProduct>>,
    pub product_id: Option<String>,
    pub relationship_type: Option<String>,
    pub resolution: Option<String>,
    pub response_due_date: Option<String>,
    pub secondary_contacts: Option<Vec<String>>,
    pub sentiment: Option<String>,
    pub shared_departments: Option<Vec<Value>>,
    pub skills_info: Option<Vec<SkillsInfo>>,
    pub sla_id: Option<String>,
    pub source: Option<Box<ChannelSource>>,
    pub source_ticket: Option<Box<SourceTicket>>,
    pub status: Option<String>,
    pub status_type: Option<String>,
    pub sub_category: Option<String>,
    pub subject: Option<String>,
    pub tag_count: Option<i64>,
    pub task_count: Option<i64>,
    pub team: Option<Box<TicketTeam>>,
    pub team_id: Option<String>,
    pub thread_count: Option<i64>,
    pub ticket_creation_type: Option<String>,
    pub ticket_number: Option<i64>,
    pub time_entry_count: Option<i64>,
    pub uploads: Option<Vec<String>>,
    pub web_url: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketAssignee {
    pub email: Option<String>,
    pub email_id: Option<String>,
    pub first_name: Option<String>,
    pub id: Option<String>,
    pub last_name: Option<String>,
    #[serde(rename = "photoURL")]
    pub photo_url: Option<String>,
    pub zuid: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Blueprint {
    pub id: Option<String>,
    pub state: Option<Box<State>>,
    pub transitions: Option<Vec<Transition>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketChannelRelatedInfo {
    pub forum_status: Option<String>,
    pub is_topic_deleted: Option<bool>,
    pub source_link: Option<String>,
    pub topic_id: Option<String>,
    pub topic_type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketContact {
    pub account: Option<Box<TicketContactAccount>>,
    pub account_count: Option<i64>,
    pub account_id: Option<String>,
    pub cf: Option<Value>,
    pub city: Option<String>,
    pub country: Option<String>,
    pub created_time: Option<String>,
    pub custom_fields: Option<Value>,
    pub customer_happiness: Option<Box<ContactCustomerHappiness>>,
    pub description: Option<String>,
    pub email: Option<String>,
    pub facebook: Option<String>,
    pub first_name: Option<String>,
    pub id: Option<String>,
    pub is_anonymous: Option<bool>,
    pub is_deleted: Option<bool>,
    pub is_end_user: Option<bool>,
    pub is_following: Option<bool>,
    pub is_spam: Option<bool>,
    pub is_trashed: Option<bool>,
    pub last_name: Option<String>,
    pub layout_details: Option<Box<RecordLayout>>,
    pub layout_id: Option<String>,
    pub mapping_info: Option<Box<MappingInfo>>,
    pub mobile: Option<String>,
    pub modified_time: Option<String>,
    pub module: Option<String>,
    pub name: Option<String>,
    pub owner: Option<Box<SearchAssignee>>,
    pub owner_id: Option<String>,
    pub phone: Option<String>,
    #[serde(rename = "photoURL")]
    pub photo_url: Option<String>,
    pub secondary_email: Option<String>,
    pub state: Option<String>,
    pub street: Option<String>,
    pub title: Option<String>,
    pub twitter: Option<String>,
    pub r#type: Option<String>,
    pub web_url: Option<String>,
    pub zip: Option<String>,
    #[serde(rename = "zohoCRMContact")]
    pub zoho_crm_contact: Option<Box<ZohoCrmContact>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketDepartment {
    pub associated_agent_ids: Option<Vec<String>>,
    pub chat_status: Option<String>,
    pub created_time: Option<String>,
    pub creator_id: Option<String>,
    pub description: Option<String>,
    pub has_logo: Option<bool>,
    pub id: Option<String>,
    pub is_assign_to_team_enabled: Option<bool>,
    pub is_default: Option<bool>,
    pub is_enabled: Option<bool>,
    pub is_visible_in_customer_portal: Option<bool>,
    pub name: Option<String>,
    pub name_in_customer_portal: Option<String>,
    pub sanitized_name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LastThread {
    pub channel: Option<String>,
    pub direction: Option<String>,
    pub is_draft: Option<bool>,
    pub is_forward: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordLayout {
    pub id: Option<String>,
    pub layout_name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ParentTicket {
    pub id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketProduct {
    pub cf: Option<Value>,
    pub created_by: Option<String>,
    pub created_time: Option<String>,
    pub custom_fields: Option<Value>,
    pub department_ids: Option<Vec<String>>,
    pub description: Option<String>,
    pub id: Option<String>,
    pub is_deleted: Option<bool>,
    pub layout_details: Option<Box<RecordLayout>>,
    pub layout_id: Option<String>,
    pub manufacturer: Option<String>,
    pub modified_by: Option<String>,
    pub modified_time: Option<String>,
    pub owner_id: Option<String>,
    pub product_category: Option<String>,
    pub product_code: Option<String>,
    pub product_name: Option<String>,
    pub unit_price: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SkillsInfo {
    pub mapping_type: Option<String>,
    pub skill_id: Option<String>,
    pub skill_name: Option<String>,
    pub skill_type_id: Option<String>,
    pub skill_type_name: Option<String>,
    pub weightage: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelSource {
    pub app_name: Option<String>,
    #[serde(rename = "appPhotoURL")]
    pub app_photo_url: Option<String>,
    pub ext_id: Option<String>,
    pub permalink: Option<String>,
    pub r#type: Option<String>,
    pub uuid: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceTicket {
    pub id: Option<String>,
    pub subject: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketTeam {
    pub agents: Option<Vec<String>>,
    pub department_id: Option<String>,
    pub derived_agents: Option<Vec<String>>,
    pub description: Option<String>,
    pub id: Option<String>,
    pub logo_url: Option<String>,
    pub name: Option<String>,
    pub roles: Option<Vec<String>>,
    pub roles_with_subordinates: Option<Vec<String>>,
    pub sub_teams: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    pub due_date: Option<String>,
    pub id: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transition {
    pub id: Option<String>,
    pub name: Option<String>,
    pub owners: Option<Vec<TransitionOwner>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketContactAccount {
    pub account_name: Option<String>,
    pub annualrevenue: Option<String>,
    #[serde(rename = "associatedSLAIds")]
    pub associated_sla_ids: Option<Vec<String>>,
    pub cf: Option<Value>,
    pub city: Option<String>,
    pub code: Option<String>,
    pub country: Option<String>,
    pub created_time: Option<String>,
    pub custom_fields: Option<Value>,
    pub customer_happiness: Option<Box<ContactCustomerHappiness>>,
    pub description: Option<String>,
    pub email: Option<String>,
    pub fax: Option<String>,
    pub id: Option<String>,
    pub industry: Option<String>,
    pub is_deleted: Option<bool>,
    pub is_following: Option<bool>,
    pub is_trashed: Option<bool>,
    pub layout_details: Option<Box<RecordLayout>>,
    pub layout_id: Option<String>,
    pub mapping_info: Option<Box<MappingInfo>>,
    pub mapping_type: Option<String>,
    pub modified_time: Option<String>,
    pub module: Option<String>,
    pub owner: Option<Box<SearchAssignee>>,
    pub owner_id: Option<String>,
    pub phone: Option<String>,
    pub state: Option<String>,
    pub street: Option<String>,
    pub web_url: Option<String>,
    pub website: Option<String>,
    #[serde(rename = "zohoCRMAccount")]
    pub zoho_crm_account: Option<Box<ZohoCrmAccount>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactCustomerHappiness {
    pub bad_percentage: Option<f64>,
    pub good_percentage: Option<f64>,
    pub ok_percentage: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MappingInfo {
    pub account_id: Option<String>,
    pub contact_id: Option<String>,
    pub is_account_tickets_viewable: Option<bool>,
    pub mapping_id: Option<String>,
    pub mapping_type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchAssignee {
    pub email_id: Option<String>,
    pub first_name: Option<String>,
    pub id: Option<String>,
    pub last_name: Option<String>,
    #[serde(rename = "photoURL")]
    pub photo_url: Option<String>,
    pub zuid: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ZohoCrmContact {
    pub id: Option<String>,
    pub r#type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TransitionOwner {
    pub agent_ids: Option<Vec<String>>,
    pub department_id: Option<String>,
    pub dept_sharing_type: Option<String>,
    pub team_ids: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ZohoCrmAccount {
    pub id: Option<String>,
}

/// A change of a ticket, with as many fields as a form has.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketChange {
    pub category: String,
    pub classification: String,
    pub description: String,
    pub due_date: String,
    pub email: String,
    pub phone: String,
    pub priority: String,
    pub resolution: String,
    pub status: String,
    pub subject: String,
}

impl TicketChange {
    /// One with texts of usual lengths.
    pub fn example() -> Self {
        let sentence = "The \"grinder\" stops after a minute, and smells of hot dust.\n";
        Self {
            category: "Hardware".to_owned(),
            classification: "Problem".to_owned(),
            description: sentence.repeat(40),
            due_date: "2026-11-30T17:00:00.000Z".to_owned(),
            email: "carol@example.com".to_owned(),
            phone: "+1 555 0100".to_owned(),
            priority: "High".to_owned(),
            resolution: sentence.repeat(5),
            status: "Open".to_owned(),
            subject: "The grinder stops".to_owned(),
        }
    }
}
