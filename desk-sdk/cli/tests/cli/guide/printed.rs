//! Examples as `desk help` prints them; the test `examples` writes this file.

use std::error::Error;

use desk_sdk::Client;

#[rustfmt::skip]
async fn delete_spam_activities(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::activities::DeleteSpamActivities;

    let answer = client.delete_spam_activities(DeleteSpamActivities::new().department_id("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn create_call_attachment(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::FilePart;
    use desk_sdk::activities::CreateCallAttachment;

    let answer = client.create_call_attachment(CreateCallAttachment::new("4000000008001").file(FilePart::open("photo.png").await?)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn delete_event(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::activities::DeleteEvent;

    let answer = client.delete_event(DeleteEvent::new().entity_ids(["4000000008001"])).await?;
    Ok(())
}

#[rustfmt::skip]
async fn update_event_comment(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::activities::UpdateEventComment;

    let answer = client.update_event_comment(UpdateEventComment::new("4000000008001", "4000000008001").content("content")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn create_task_attachment(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::FilePart;
    use desk_sdk::activities::CreateTaskAttachment;

    let answer = client.create_task_attachment(CreateTaskAttachment::new("4000000008001").file(FilePart::open("photo.png").await?)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_summation_of_time_entry_for_task(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::activities::GetSummationOfTimeEntryForTask;

    let answer = client.get_summation_of_time_entry_for_task(GetSummationOfTimeEntryForTask::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_agent_by_email(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::agents::GetAgentByEmail;

    let answer = client.get_agent_by_email(GetAgentByEmail::new("ada@example.com")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn anonymize_deleted_agent(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::agents::AnonymizeDeletedAgent;

    let answer = client.anonymize_deleted_agent(AnonymizeDeletedAgent::new("4000000008001").anonymized_name("anonymizedName")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_signatures(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::agents::GetSignatures;

    let answer = client.get_signatures(GetSignatures::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn update_profile(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::agents::UpdateProfile;

    let answer = client.update_profile(UpdateProfile::new("4000000008001").admin("admin")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_roles_by_ids(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::agents::GetRolesByIds;

    let answer = client.get_roles_by_ids(GetRolesByIds::new().role_ids(["4000000008001"])).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_related_rules_for_skill(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::agents::GetRelatedRulesForSkill;

    let answer = client.get_related_rules_for_skill(GetRelatedRulesForSkill::new("4000000008001").limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_associated_teams_for_role(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::agents::GetAssociatedTeamsForRole;

    let answer = client.get_associated_teams_for_role(GetAssociatedTeamsForRole::new("4000000008001").limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_onhold_tickets(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::analytics::GetOnholdTickets;

    let parameters = GetOnholdTickets::new()
        .duration("CUSTOM_IN_DATE")
        .group_by("agent");
    let answer = client.get_onhold_tickets(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_agent_skill_mapping(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::analytics::GetAgentSkillMapping;

    let answer = client.get_agent_skill_mapping(GetAgentSkillMapping::new()).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_during_transition_form(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::automation::GetDuringTransitionForm;

    let answer = client.get_during_transition_form(GetDuringTransitionForm::new("4000000008001", "4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_direct_assignment_rules_criteria_fields(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::automation::GetDirectAssignmentRulesCriteriaFields;

    let answer = client.get_direct_assignment_rules_criteria_fields(GetDirectAssignmentRulesCriteriaFields::new()).await?;
    Ok(())
}

#[rustfmt::skip]
async fn execute_action(client: Client) -> Result<(), Box<dyn Error>> {
    use serde_json::json;

    let answer = client.invoke("execute_action", json!({
      "actionParamMappings": [
        {
          "apiName": "apiName",
          "hooks": [
            {}
          ],
          "id": "4000000008001",
          "isEncrypted": true,
          "isMandatory": true,
          "length": 10,
          "name": "name",
          "order": 10,
          "origin": "DYNAMIC",
          "picklistValues": [
            {}
          ],
          "placeHolderContext": "placeHolderContext",
          "type": "ARRAY",
          "uiType": "AutoNumber",
          "value": "value"
        }
      ],
      "entityIds": [
        "4000000008001",
        "4000000008002"
      ],
      "id": "4000000008001"
    })).await?;
    Ok(())
}

#[rustfmt::skip]
async fn create_rule_group(client: Client) -> Result<(), Box<dyn Error>> {
    use serde_json::json;

    let answer = client.invoke("create_rule_group", json!({
      "departmentProperties": [
        {
          "id": "id",
          "ruleGroupExecutionType": "ruleGroupExecutionType",
          "ruleGroupOrder": "ruleGroupOrder",
          "ruleGroupStatus": "ruleGroupStatus"
        }
      ],
      "engine": {
        "id": "id",
        "systemName": "systemName"
      },
      "events": [
        {
          "sysName": "sysName",
          "userCriteria": {}
        }
      ],
      "module": {
        "apiName": "apiName",
        "id": "id"
      },
      "name": "name",
      "rules": [
        {
          "clusters": [
            {
              "nodes": [
                {
                  "childNodes": [],
                  "entityInfo": {},
                  "executionType": "ASYNC",
                  "propertyType": "ACTION_MAPPING",
                  "type": "DEFAULT"
                }
              ],
              "type": "TREE"
            }
          ],
          "name": "name",
          "order": 10
        }
      ]
    })).await?;
    Ok(())
}

#[rustfmt::skip]
async fn update_webhook(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::automation::UpdateWebhook;

    let answer = client.update_webhook(UpdateWebhook::new("4000000008001").description("description")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_community_category(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::community::GetCommunityCategory;

    let answer = client.get_community_category(GetCommunityCategory::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_community_comment_view_count(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::community::GetCommunityCommentViewCount;

    let answer = client.get_community_comment_view_count(GetCommunityCommentViewCount::new().view_id("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn add_community_topic_reply(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::community::AddCommunityTopicReply;

    let answer = client.add_community_topic_reply(AddCommunityTopicReply::new("4000000008001", "4000000008001").content("content")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_all_community_topics(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::community::GetAllCommunityTopics;

    let answer = client.get_all_community_topics(GetAllCommunityTopics::new().limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_community_topic(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::community::GetCommunityTopic;

    let answer = client.get_community_topic(GetCommunityTopic::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_community_topic_participants(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::community::GetCommunityTopicParticipants;

    let answer = client.get_community_topic_participants(GetCommunityTopicParticipants::new("4000000008001").limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_community_user_info(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::community::GetCommunityUserInfo;

    let answer = client.get_community_user_info(GetCommunityUserInfo::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn associate_products_with_account(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::contacts::AssociateProductsWithAccount;

    let parameters = AssociateProductsWithAccount::new("4000000008001")
        .associate(true)
        .ids(["4000000008001"]);
    let answer = client.associate_products_with_account(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn create_account_comment(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::contacts::CreateAccountComment;

    let answer = client.create_account_comment(CreateAccountComment::new("4000000008001").content("content")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_account_time_entries(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::contacts::GetAccountTimeEntries;

    let answer = client.get_account_time_entries(GetAccountTimeEntries::new("4000000008001").limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn invite_contacts_as_end_user(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::contacts::InviteContactsAsEndUser;

    let parameters = InviteContactsAsEndUser::new()
        .contact_ids(["4000000008001"])
        .help_center_id("4000000008001");
    let answer = client.invite_contacts_as_end_user(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_contact_ticket_history(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::contacts::GetContactTicketHistory;

    let answer = client.get_contact_ticket_history(GetContactTicketHistory::new("4000000008001").limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_contact_comment(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::contacts::GetContactComment;

    let answer = client.get_contact_comment(GetContactComment::new("4000000008001", "4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_summation_of_time_entry_for_contact(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::contacts::GetSummationOfTimeEntryForContact;

    let answer = client.get_summation_of_time_entry_for_contact(GetSummationOfTimeEntryForContact::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_help_center_group_users(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::contacts::GetHelpCenterGroupUsers;

    let answer = client.get_help_center_group_users(GetHelpCenterGroupUsers::new("4000000008001").limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_subject_access_request_count(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::contacts::GetSubjectAccessRequestCount;

    let parameters = GetSubjectAccessRequestCount::new()
        .contact_email_id("ada@example.com")
        .module("allEntities");
    let answer = client.get_subject_access_request_count(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_user_groups(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::contacts::GetUserGroups;

    let answer = client.get_user_groups(GetUserGroups::new("4000000008001").limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_import(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::data::GetImport;

    let answer = client.get_import(GetImport::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn restore_entities(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::data::RestoreEntities;

    let answer = client.restore_entities(RestoreEntities::new().ids(["4000000008001"])).await?;
    Ok(())
}

#[rustfmt::skip]
async fn stop_article_auto_translation(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::knowledge_base::StopArticleAutoTranslation;

    let answer = client.stop_article_auto_translation(StopArticleAutoTranslation::new().ids(["4000000008001"])).await?;
    Ok(())
}

#[rustfmt::skip]
async fn delete_article_attachment(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::knowledge_base::DeleteArticleAttachment;

    let answer = client.delete_article_attachment(DeleteArticleAttachment::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn convert_article_translation_comment_to_ticket(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::knowledge_base::ConvertArticleTranslationCommentToTicket;

    let answer = client.convert_article_translation_comment_to_ticket(ConvertArticleTranslationCommentToTicket::new("4000000008001", "af", "4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn convert_article_feedback_to_ticket(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::knowledge_base::ConvertArticleFeedbackToTicket;

    let answer = client.convert_article_feedback_to_ticket(ConvertArticleFeedbackToTicket::new("4000000008001").assignee_id("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_article_translation_interacted_users(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::knowledge_base::GetArticleTranslationInteractedUsers;

    let answer = client.get_article_translation_interacted_users(GetArticleTranslationInteractedUsers::new("4000000008001", "af").limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn download_article_translation_attachment(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::knowledge_base::DownloadArticleTranslationAttachment;

    let bytes = client.download_article_translation_attachment(DownloadArticleTranslationAttachment::new("4000000008001", "af", "attachmentId")).save("file").await?;
    Ok(())
}

#[rustfmt::skip]
async fn update_article_translation_permalinks(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::knowledge_base::UpdateArticleTranslationPermalinks;

    let parameters = UpdateArticleTranslationPermalinks::new("4000000008001", "af")
        .primary_permalink("https://example.com")
        .secondary_permalinks(["https://example.com"]);
    let answer = client.update_article_translation_permalinks(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn delete_trashed_article_translations(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::knowledge_base::DeleteTrashedArticleTranslations;

    let answer = client.delete_trashed_article_translations(DeleteTrashedArticleTranslations::new().ids(["4000000008001"])).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_kb_root_category(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::knowledge_base::GetKbRootCategory;

    let answer = client.get_kb_root_category(GetKbRootCategory::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn update_kb_section(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::knowledge_base::UpdateKbSection;

    let answer = client.update_kb_section(UpdateKbSection::new("4000000008001").article_permission("AGENTS")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_channels(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::messaging::GetChannels;

    let answer = client.get_channels(GetChannels::new()).await?;
    Ok(())
}

#[rustfmt::skip]
async fn apply_canned_message(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::messaging::ApplyCannedMessage;

    let answer = client.apply_canned_message(ApplyCannedMessage::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_whats_app_template_tags(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::messaging::GetWhatsAppTemplateTags;

    let answer = client.get_whats_app_template_tags(GetWhatsAppTemplateTags::new()).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_message(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::messaging::GetMessage;

    let answer = client.get_message(GetMessage::new("4000000008001", "4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_payment_time_series_metrics(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::messaging::GetPaymentTimeSeriesMetrics;

    let parameters = GetPaymentTimeSeriesMetrics::new()
        .duration("CUSTOM_IN_DATE")
        .dimension("WA_CREDIT_USAGE")
        .dimension_value(["TOTAL"])
        .department_id("4000000008001");
    let answer = client.get_payment_time_series_metrics(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn enable_department(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::organization::EnableDepartment;

    let answer = client.enable_department(EnableDepartment::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn update_organization(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::organization::UpdateOrganization;

    let answer = client.update_organization(UpdateOrganization::new("4000000008001").alias("alias")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn update_many_contracts(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::products::UpdateManyContracts;

    let parameters = UpdateManyContracts::new()
        .field_name("fieldName")
        .field_value("fieldValue")
        .ids(["4000000008001"])
        .is_custom_field(true);
    let answer = client.update_many_contracts(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_products_under_contact(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::products::GetProductsUnderContact;

    let answer = client.get_products_under_contact(GetProductsUnderContact::new("4000000008001").limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_support_plans(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::products::GetSupportPlans;

    let parameters = GetSupportPlans::new()
        .department_id("4000000008001")
        .limit(5);
    let answer = client.get_support_plans(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn search_products(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::search::SearchProducts;

    let answer = client.search_products(SearchProducts::new().limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_dependency_mappings_by_layout_id(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::settings::GetDependencyMappingsByLayoutId;

    let answer = client.get_dependency_mappings_by_layout_id(GetDependencyMappingsByLayoutId::new().layout_id("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn verify_domain(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::settings::VerifyDomain;

    let parameters = VerifyDomain::new()
        .domain("domain")
        .method("CNAME");
    let answer = client.verify_domain(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn clone_template_attachments(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::settings::CloneTemplateAttachments;

    let answer = client.clone_template_attachments(CloneTemplateAttachments::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn delete_field_old(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::settings::DeleteFieldOld;

    let answer = client.delete_field_old(DeleteFieldOld::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn delete_layout(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::settings::DeleteLayout;

    let answer = client.delete_layout(DeleteLayout::new("4000000008001").transfer_to_layout_id("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_reply_mail_addresses(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::settings::GetReplyMailAddresses;

    let parameters = GetReplyMailAddresses::new()
        .department_id("departmentId")
        .limit(5);
    let answer = client.get_reply_mail_addresses(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_data_sharing_rules(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::settings::GetDataSharingRules;

    let answer = client.get_data_sharing_rules(GetDataSharingRules::new()).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_bug_linked_ticket_details(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::tickets::GetBugLinkedTicketDetails;

    let answer = client.get_bug_linked_ticket_details(GetBugLinkedTicketDetails::new("4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn drafts_reply(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::tickets::DraftsReply;

    let parameters = DraftsReply::new("4000000008001")
        .channel("CUSTOMERPORTAL")
        .content("content");
    let answer = client.drafts_reply(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn send_for_review(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::tickets::SendForReview;

    let answer = client.send_for_review(SendForReview::new("4000000008001", "4000000008001")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn mark_ticket_as_spam(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::tickets::MarkTicketAsSpam;

    let parameters = MarkTicketAsSpam::new()
        .ids(["4000000008001"])
        .is_spam(true);
    let answer = client.mark_ticket_as_spam(parameters).await?;
    Ok(())
}

#[rustfmt::skip]
async fn update_ticket_resolution(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::tickets::UpdateTicketResolution;

    let answer = client.update_ticket_resolution(UpdateTicketResolution::new("4000000008001").content("content")).await?;
    Ok(())
}

#[rustfmt::skip]
async fn view_ticket_attachment(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::tickets::ViewTicketAttachment;

    let bytes = client.view_ticket_attachment(ViewTicketAttachment::new("4000000008001", "4000000008001")).save("file").await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_ticket_history(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::tickets::GetTicketHistory;

    let answer = client.get_ticket_history(GetTicketHistory::new("4000000008001").limit(5)).await?;
    Ok(())
}

#[rustfmt::skip]
async fn delete_ticket_templates(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::tickets::DeleteTicketTemplates;

    let answer = client.delete_ticket_templates(DeleteTicketTemplates::new().ids(["4000000008001"])).await?;
    Ok(())
}

#[rustfmt::skip]
async fn get_ticket_timer(client: Client) -> Result<(), Box<dyn Error>> {
    use desk_sdk::tickets::GetTicketTimer;

    let answer = client.get_ticket_timer(GetTicketTimer::new("4000000008001")).await?;
    Ok(())
}
