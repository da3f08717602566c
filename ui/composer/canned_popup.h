#pragma once

#include "composer/figures.h"
#include "composer/finder_popup.h"
#include "desk/canned.h"

namespace longcode::desk {
class Team;
}

namespace longcode::composer {

class CannedModel;

/// What "/" opens: the canned replies by folder, each with the segments it takes once it is filled in for
/// this customer. The team outlives it. UI thread.
class CannedPopup final : public FinderPopup {
    Q_OBJECT
public:
    /// What asked for it: a button or a menu, or a "/" at the beginning of the text.
    enum class Opener : quint8 { Person, Slash };

    CannedPopup(desk::Team &team, QWidget *parent);

    /// Above `anchor`. Escape gives back the "/" that opened it.
    void open(QWidget *anchor, const SenderTerms &terms, const desk::CannedValues &values, Opener opener);

Q_SIGNALS:
    /// With its variables as they stand in the reply.
    void chosen(const QString &text);
    /// Nothing was chosen; `typed` is what should stand in the composer for it.
    void left(const QString &typed);

protected:
    void narrow() override;
    [[nodiscard]] QString emptyWords() const override;
    void take(const QModelIndex &index) override;
    void leave() override;
    [[nodiscard]] int listHeight() const override;
    [[nodiscard]] int widest() const override;
    bool ownKey(int key) override;

private:
    void learnFolders();

    CannedModel *m_model;
    Opener m_opener = Opener::Person;
};

} // namespace longcode::composer
