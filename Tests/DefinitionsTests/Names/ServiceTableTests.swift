import Testing

@testable import Definitions

struct ServiceTableTests {
    @Test func `every row can be read`() {
        #expect(ServiceTable.unreadableRows.isEmpty)
        #expect(ServiceTable.all.count >= 400)
    }

    @Test func `no slug and no sms-activate code occurs twice`() {
        let slugs = ServiceTable.all.map(\.slug)
        let codes = ServiceTable.all.compactMap(\.smsActivate)
        #expect(Set(slugs).count == slugs.count)
        #expect(Set(codes).count == codes.count)
    }

    @Test func `every slug is lower-case words joined by hyphens`() throws {
        for service in ServiceTable.all {
            #expect(try #/[a-z0-9]+(-[a-z0-9]+)*/#.wholeMatch(in: service.slug) != nil)
        }
    }

    @Test func `every sms-activate code has two or three lower-case letters or digits`() throws {
        for code in ServiceTable.all.compactMap(\.smsActivate) {
            #expect(try #/[a-z0-9]{2,3}/#.wholeMatch(in: code) != nil, "\(code)")
        }
    }

    @Test func `every name leads back to its service and to no other`() {
        var owners: [NameKey: String] = [:]
        for service in ServiceTable.all {
            #expect(ServiceTable.service(slug: service.slug) == service)
            for name in [service.slug, service.name] + service.otherNames {
                #expect(ServiceTable.service(named: name) == service, "\(name)")
                #expect(owners[NameKey(name), default: service.slug] == service.slug, "\(name)")
                owners[NameKey(name)] = service.slug
            }
        }
    }

    @Test(arguments: [
        ("wa", "whatsapp"), ("tg", "telegram"), ("go", "google"), ("fb", "facebook"),
        ("ig", "instagram"), ("tw", "twitter"), ("lf", "tiktok"), ("ds", "discord"),
        ("am", "amazon"), ("mm", "microsoft"), ("wx", "apple"), ("ub", "uber"), ("oi", "tinder"),
        ("nf", "netflix"), ("ts", "paypal"), ("mt", "steam"), ("tn", "linkedin"),
        ("fu", "snapchat"), ("vi", "viber"), ("wb", "wechat"), ("dr", "openai"), ("uk", "airbnb"),
        ("mb", "yahoo"), ("dh", "ebay"), ("acz", "claude"), ("ot", "other"),
    ])
    func `an sms-activate code is found`(code: String, slug: String) {
        #expect(ServiceTable.service(smsActivate: code)?.slug == slug)
        #expect(ServiceTable.service(slug: slug)?.smsActivate == code)
    }

    @Test(arguments: ["", "WA", "zzzz", "wa_0"])
    func `an unknown sms-activate code is not found`(code: String) {
        #expect(ServiceTable.service(smsActivate: code) == nil)
    }

    @Test func `a slug is found in either case and only whole`() {
        #expect(ServiceTable.service(slug: "WhatsApp")?.slug == "whatsapp")
        #expect(ServiceTable.service(slug: "whats") == nil)
        #expect(ServiceTable.service(slug: "gmail") == nil)
    }

    @Test func `a service whose code the lists do not agree on has none`() {
        #expect(ServiceTable.service(slug: "bybit")?.smsActivate == nil)
        #expect(ServiceTable.service(smsActivate: "abn") == nil)
    }
}
