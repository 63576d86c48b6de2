"""Addresses of the VAE, part of ``urls.py``."""

from django.urls import path

from entremise.certification.views import vae, vae_corrections, vae_documents, vae_service

VAE = "certification/candidats/<uuid:candidate_id>/vae"
patterns = [
    path("certification/vae/", vae.dossiers, name="vae"),
    path("certification/vae/reglages", vae_service.settings, name="vae_settings"),
    path("certification/vae/service", vae_service.service, name="vae_service"),
    path("certification/vae/service/relever", vae_service.read, name="vae_read"),
    path("certification/vae/service/envois/<uuid:send_id>", vae_service.send_again, name="vae_send_again"),
    path("certification/vae/service/arrivees/<uuid:arrival_id>/relier", vae_service.link, name="vae_link"),
    path("certification/vae/service/arrivees/<uuid:arrival_id>/ouvrir", vae_service.open_file, name="vae_open"),
    path(VAE, vae.dossier, name="vae_dossier"),
    path(f"{VAE}/blocs/<slug:block_code>", vae.block, name="vae_block"),
    path(f"{VAE}/pieces", vae.add_piece, name="vae_add_piece"),
    path(f"{VAE}/pieces/<uuid:piece_id>", vae.piece, name="vae_piece"),
    path(f"{VAE}/pieces/<uuid:piece_id>/retirer", vae.remove_piece, name="vae_remove_piece"),
    path(f"{VAE}/envoyer", vae.send, name="vae_send"),
    path(f"{VAE}/avis", vae.opinion, name="vae_opinion"),
    path(f"{VAE}/validation", vae.send_validation, name="vae_send_validation"),
    path(f"{VAE}/continuer", vae.resume, name="vae_resume"),
    path(f"{VAE}/contester", vae.contest, name="vae_contest"),
    path(f"{VAE}/decider", vae.decide, name="vae_decide"),
    path(f"{VAE}/verifier", vae.check, name="vae_check"),
    path(f"{VAE}/repondre", vae.answer, name="vae_answer"),
    path(f"{VAE}/corrections/<uuid:correction_id>", vae_corrections.corrected, name="vae_corrected"),
    path(f"{VAE}/documents", vae_documents.fetch, name="vae_fetch"),
    path(f"{VAE}/identifiant", vae.service_id, name="vae_service_id"),
]
