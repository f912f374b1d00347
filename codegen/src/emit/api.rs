//! `api.rs`: what is particular to the API as a whole, as constants.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{code, prose};
use super::resources::optional;
use super::source::{file, ident};
use crate::api::{Api, Authorization, Counts, Credits, Errors, Meaning, Organization, Paging, Scopes, Servers};

pub(super) fn emit(api: &Api) -> Result<String, String> {
    let name = &api.title;
    let servers = servers(&api.servers);
    let authorization = authorization(&api.authorization);
    let organization = option(api.organization.as_ref().map(organization));
    let scopes = scopes(&api.scopes);
    let errors = errors(&api.errors);
    let lists = lists(&api.paging);
    let prices = option(api.credits.as_ref().map(prices));
    file(quote! {
        //! What is particular to the API as a whole.

        use crate::api::*;

        /// Its name.
        pub(crate) const NAME: &str = #name;

        #servers

        #authorization

        /// How calls name the organization that they are made for.
        pub(crate) const ORGANIZATION: Option<Organization> = #organization;

        #scopes

        #errors

        #lists

        /// What calls cost.
        pub(crate) const PRICES: Option<Prices> = #prices;
    })
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn number(number: Option<u64>) -> TokenStream {
    option(number.map(Literal::u64_unsuffixed).map(|number| quote!(#number)))
}

fn servers(servers: &Servers) -> TokenStream {
    let centres = &servers.data_centres;
    let variants = centres.iter().enumerate().map(|(index, centre)| {
        let default = (index == 0).then(|| quote!(#[default]));
        let host = centre.api.split("://").last().unwrap_or(&centre.api);
        let (name, about) = (ident(&centre.name), format!(" {}", code(host)));
        quote!(#[doc = #about] #default #name)
    });
    let rows = centres.iter().map(|centre| {
        let (name, code, api, domains) = (ident(&centre.name), &centre.code, &centre.api, &centre.domains);
        let accounts = centre.accounts();
        quote!(Centre {
            centre: DataCentre::#name,
            code: #code,
            api: #api,
            accounts: #accounts,
            domains: &[#(#domains),*],
        })
    });
    let count = Literal::usize_unsuffixed(centres.len());
    quote! {
        /// One of the API's data centres. An organization belongs to one; its tokens are useless elsewhere.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum DataCentre {
            #(#variants),*
        }

        /// The addresses of each, the default first.
        pub(crate) const CENTRES: [Centre; #count] = [#(#rows),*];
    }
}

fn authorization(authorization: &Authorization) -> TokenStream {
    let schemes = &authorization.schemes;
    let variants = schemes.iter().enumerate().map(|(index, scheme)| {
        let default = (index == 0).then(|| quote!(#[default]));
        let (name, about) = (ident(&scheme.name), format!(" {}, {}.", code(&scheme.word), prose(&scheme.about)));
        quote!(#[doc = #about] #default #name)
    });
    let rows = schemes.iter().map(|scheme| {
        let (name, word) = (ident(&scheme.name), &scheme.word);
        quote!((TokenType::#name, #word))
    });
    let count = Literal::usize_unsuffixed(schemes.len());
    let accounts = option(authorization.sign_in.as_ref().map(|sign_in| {
        let (authorize, token, separator) = (&sign_in.authorize, &sign_in.token, &sign_in.scope_separator);
        let [revoke, enhance, add_scopes] =
            [&sign_in.revoke, &sign_in.enhance, &sign_in.add_scopes].map(|path| optional(path.as_deref()));
        let parameters = sign_in.parameters.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(Accounts {
            authorize: #authorize,
            token: #token,
            revoke: #revoke,
            enhance: #enhance,
            add_scopes: #add_scopes,
            parameters: &[#(#parameters),*],
            scope_separator: #separator,
        })
    }));
    quote! {
        /// The word before a token in the header of a call.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum TokenType {
            #(#variants),*
        }

        /// The words themselves.
        pub(crate) const TOKEN_TYPES: [(TokenType, &str); #count] = [#(#rows),*];

        /// The accounts server.
        pub(crate) const ACCOUNTS: Option<Accounts> = #accounts;
    }
}

fn organization(organization: &Organization) -> TokenStream {
    let (header, digits) = (&organization.parameter, organization.digits);
    quote!(Organization { header: #header, digits: #digits })
}

fn scopes(scopes: &Scopes) -> TokenStream {
    let (example, characters, ignore_case) = (&scopes.example, &scopes.characters, scopes.ignore_case);
    let (product, nested_by) = (optional(scopes.product.as_deref()), optional(scopes.nested_by.as_deref()));
    let (separator, action_first) = (optional(scopes.separator()), scopes.action_first());
    let bits = scopes.bits();
    let actions = bits.iter().map(|(name, needs, grants)| {
        let (needs, grants) = (binary(*needs), binary(*grants));
        quote!(Action { name: #name, needs: #needs, grants: #grants })
    });
    let meant = scopes.without_action.as_deref().unwrap_or_default();
    let without_action = bits.iter().find(|(name, _, _)| *name == meant).map_or(0, |(_, needs, _)| *needs);
    let without_action = binary(without_action);
    let includes = scopes.includes.iter().map(|(outer, inner)| quote!((#outer, &[#(#inner),*])));
    let single = Literal::usize_unsuffixed(scopes.single().len());
    quote! {
        /// How many single actions there are.
        pub(crate) const SINGLE_ACTIONS: usize = #single;

        /// What scopes look like, and which covers which.
        pub(crate) const SCOPES: Grammar = Grammar {
            example: #example,
            product: #product,
            nested_by: #nested_by,
            separator: #separator,
            action_first: #action_first,
            ignore_case: #ignore_case,
            characters: #characters,
            actions: &[#(#actions),*],
            without_action: #without_action,
            includes: &[#(#includes),*],
        };
    }
}

/// Bits, as they are easiest to read.
pub(super) fn binary(bits: u8) -> TokenStream {
    format!("{bits:#b}").parse().unwrap_or_default()
}

fn errors(errors: &Errors) -> TokenStream {
    let Errors { code, message, request_id, .. } = errors;
    let details = option(errors.details.as_ref().map(|details| {
        let (list, field, kind, message) = (&details.list, &details.field, &details.kind, &details.message);
        quote!(Details { list: #list, field: #field, kind: #kind, message: #message })
    }));
    let codes = errors.codes.iter().map(|(name, one)| {
        let means = option(one.means.map(|means| match means {
            Meaning::Token => quote!(Meaning::Token),
            Meaning::Scope => quote!(Meaning::Scope),
            Meaning::Credits => quote!(Meaning::Credits),
        }));
        let advice = &one.advice;
        quote!(Code { code: #name, means: #means, advice: #advice })
    });
    quote! {
        /// What a refusal looks like.
        pub(crate) const ERRORS: Errors = Errors {
            code: #code,
            message: #message,
            details: #details,
            request_id: &[#(#request_id),*],
            codes: &[#(#codes),*],
        };
    }
}

fn lists(paging: &Paging) -> TokenStream {
    let Paging { index, size, records, id, total, more, .. } = paging;
    let by_page = paging.counts == Counts::Pages;
    let (next, deepest) = (optional(paging.next.as_deref()), number(paging.deepest));
    let times = paging.times.as_ref();
    let (sort, changed) = times.map_or(("", ""), |times| (times.sort.as_str(), times.changed.as_str()));
    quote! {
        /// How lists are read.
        pub(crate) const LISTS: Lists = Lists {
            index: #index,
            size: #size,
            by_page: #by_page,
            records: #records,
            id: #id,
            total: #total,
            more: #more,
            next: #next,
            deepest: #deepest,
            sort: #sort,
            changed: #changed,
        };
    }
}

fn prices(credits: &Credits) -> TokenStream {
    let (spent, left, beyond) = (&credits.spent, &credits.left, Literal::u64_unsuffixed(credits.beyond));
    let pages = credits.pages.iter().map(|(highest, price)| {
        let (highest, price) = (Literal::u64_unsuffixed(*highest), Literal::u64_unsuffixed(*price));
        quote!((#highest, #price))
    });
    quote!(Prices { spent: #spent, left: #left, pages: &[#(#pages),*], beyond: #beyond })
}
