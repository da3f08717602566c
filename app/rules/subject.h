#pragma once

#include "rules/passage.h"
#include "rules/preflight.h"

#include <functional>
#include <vector>

namespace longcode::rules {

/// Recognises the sender's names in a text: display name, legal name without its suffix, trade name; also
/// when the host of a link spells one, and a first word or initials that sign the message ("Acme: …").
class SenderNames {
public:
    void add(const QString &name);
    [[nodiscard]] bool isEmpty() const { return m_names.empty(); }
    [[nodiscard]] bool areIn(const Passage &passage) const;
    /// The name to put into a text, as it was given.
    [[nodiscard]] const QString &preferred() const { return m_preferred; }

private:
    struct Name {
        QStringList words;
        QString squeezed;
        QString initials;
    };
    [[nodiscard]] static bool isIn(const Name &name, const Passage &passage);
    [[nodiscard]] static bool signs(const Name &name, const Passage &passage);

    std::vector<Name> m_names;
    QString m_preferred;
};

/// A filing prepared for the rules: the same rule reads a campaign and a toll-free request. Lives for one
/// check; the filing and its surroundings outlive it.
struct Subject {
    FilingKind kind = FilingKind::Campaign;
    const BrandFiling *brand = nullptr; ///< the filing itself, or the one a campaign belongs to; may be null
    const CampaignFiling *campaign = nullptr;
    const TollFreeFiling *tollFree = nullptr;
    const Surroundings *around = nullptr;

    std::vector<Passage> samples; ///< those that are not blank
    Passage description;
    Passage flow;
    Passage helpResponse;
    Passage optOutResponse;
    Passage optInResponse;
    SenderNames names;
    std::optional<UseCase> useCase; ///< nothing when the name is unknown
    bool isSoleProprietor = false;

    [[nodiscard]] bool isCampaign() const { return campaign != nullptr; }
    /// Calls for samples, description, flow and responses that are not blank.
    void forEachText(const std::function<void(const Passage &)> &call) const;
    /// Whether samples promise a sale or discount, or the use case is marketing.
    [[nodiscard]] bool isMarketing() const;
};

[[nodiscard]] Subject subjectOf(const BrandFiling &filing, const Surroundings &around);
[[nodiscard]] Subject subjectOf(const CampaignFiling &filing, const BrandFiling *brand,
                                const Surroundings &around);
[[nodiscard]] Subject subjectOf(const TollFreeFiling &filing, const Surroundings &around);

/// Two or more promotional phrases, or one where nothing of the use case's own is said.
[[nodiscard]] bool isPromotional(const Passage &sample, const std::optional<UseCase> &useCase);

} // namespace longcode::rules
